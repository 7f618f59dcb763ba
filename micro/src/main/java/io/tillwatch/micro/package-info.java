/** Single steps of the hot path, measured with JMH. */
package io.tillwatch.micro;
