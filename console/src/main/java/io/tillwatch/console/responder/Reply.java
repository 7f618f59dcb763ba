package io.tillwatch.console.responder;

import java.util.Map;

/** What the responder answers. */
public sealed interface Reply {

    /** It was done, or here it is. */
    record Done(Map<String, Object> json) implements Reply {}

    /**
     * It was not done.
     *
     * @param code of responder's problems, such as ALREADY_APPROVED
     * @param detail for people, in English
     */
    record Refused(int status, String code, String detail) implements Reply {}

    /** There was no answer; whether it was done is not known. */
    record Away() implements Reply {}
}
