package io.tillwatch.acquirer.http;

/**
 * What is answered.
 *
 * @param about the payment; never of another one where a wrong answer is wanted
 */
record HttpAnswer(String about, int status, String contentType, String body) {}
