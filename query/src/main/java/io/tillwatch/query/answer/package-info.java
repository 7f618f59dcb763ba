/** What came of a question, written for people and for programs. */
package io.tillwatch.query.answer;
