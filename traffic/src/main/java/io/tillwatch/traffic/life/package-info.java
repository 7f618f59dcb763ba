/** Lives of payments, planned before they happen: healthy ones, and ones with a fault that is known by its name. */
package io.tillwatch.traffic.life;
