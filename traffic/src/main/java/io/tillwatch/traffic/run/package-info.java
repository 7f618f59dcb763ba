/** Lets lives happen as time goes by. */
package io.tillwatch.traffic.run;
