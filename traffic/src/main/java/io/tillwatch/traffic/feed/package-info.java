/** Records of the traffic as they are written to the feeds, some of them spoiled on purpose. */
package io.tillwatch.traffic.feed;
