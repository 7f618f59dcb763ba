package io.tillwatch.responder.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who a subject is here: nobody else, and nobody twice. */
class SubjectsTest {

    private final Subjects subjects = new Subjects(Map.of("s-1", "ana", "s-2", "ana", "s-3", "bea"));

    @Test
    void hasTheNameThatItIsGivenAndOneOfItsOwnOtherwise() {
        assertThat(subjects.nameOf("s-1")).isEqualTo("ana");
        assertThat(subjects.nameOf("s-2")).isEqualTo("ana");
        assertThat(subjects.nameOf("s-3")).isEqualTo("bea");
        assertThat(subjects.nameOf("S-1")).isEqualTo("oidc:S-1");
        assertThat(subjects.nameOf("ana")).isEqualTo("oidc:ana");
    }

    @Test
    void neverHasTheNameOfAnotherWhateverItIs() {
        String hashed = subjects.nameOf("x".repeat(200));
        List<String> others = List.of(
                "ana",
                "oidc:ana",
                "responder",
                "s 1",
                "s\u00a01",
                "s\n1",
                "x".repeat(59),
                "x".repeat(60),
                "x".repeat(200),
                "x".repeat(201),
                hashed,
                hashed.substring("oidc#".length()),
                "\u0430na",
                "4111111111111111");
        Set<String> names = new HashSet<>(Set.of("ana", "bea"));
        for (String other : others) {
            String name = subjects.nameOf(other);
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(name).hasSizeLessThanOrEqualTo(Subjects.NAME_MAX).matches("oidc[:#][!-~]+");
        }
    }

    @Test
    void isNotWrittenAsItIsWhereItCouldPassForACardNumber() {
        assertThat(subjects.nameOf("4111111111111111")).startsWith("oidc#").doesNotContain("4111");
    }
}
