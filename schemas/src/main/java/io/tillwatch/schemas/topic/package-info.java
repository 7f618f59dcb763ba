/** The topics: names, records, keys and how they are to be created. Knows no Kafka client. */
package io.tillwatch.schemas.topic;
