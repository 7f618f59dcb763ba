package io.tillwatch.console.web;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Somebody who has signed in. Lives in memory only: with the process, every session ends. For any number of threads. */
final class Session {

    private final String person;
    private final String csrf;
    private final Instant begun;
    private final AtomicReference<Notice> notice = new AtomicReference<>();
    private volatile Credential credential;
    private volatile Set<Role> roles;
    private volatile Instant usedAt;

    /**
     * What is said once, on the next page.
     *
     * @param good whether it was done
     * @param key of the text
     * @param detail for people, or empty
     */
    public record Notice(boolean good, String key, String detail) {}

    Session(String person, Set<Role> roles, Credential credential, String csrf, Instant now) {
        this.person = person;
        this.roles = Set.copyOf(roles);
        this.credential = credential;
        this.csrf = csrf;
        this.begun = now;
        this.usedAt = now;
    }

    String person() {
        return person;
    }

    Set<Role> roles() {
        return roles;
    }

    boolean may(Role least) {
        return least.coveredBy(roles);
    }

    /** With which the responder is asked on the person's behalf. */
    String token() {
        return credential.token();
    }

    Credential credential() {
        return credential;
    }

    /** With another token, and what it allows. */
    void goesOn(Credential with, Set<Role> allowed) {
        credential = with;
        roles = Set.copyOf(allowed);
    }

    /** What a form must repeat, which another site's cannot know. */
    String csrf() {
        return csrf;
    }

    Instant begun() {
        return begun;
    }

    Instant usedAt() {
        return usedAt;
    }

    void used(Instant now) {
        usedAt = now;
    }

    void say(Notice what) {
        notice.set(what);
    }

    /** What is to be said, once; null if nothing is. */
    Notice takeNotice() {
        return notice.getAndSet(null);
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "Session[person=" + person + ", roles=" + roles + "]";
    }
}
