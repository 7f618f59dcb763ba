package io.tillwatch.serving.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://login.example/realms/tills, true",
        "HTTPS://login.example, true",
        "http://localhost:8080/tills, true",
        "http://127.0.0.1:8080, true",
        "http://[::1]:8080, true",
        "http://login.example, false",
        "http://localhost.evil.example, false",
        "http://127.0.0.1.evil.example, false",
        "http://localhost@evil.example, false",
        "https://ana:secret@login.example, false",
        "https://login.example/#a, false",
        "https:///path, false",
        "ftp://localhost, false",
        "login.example, false",
        "'https://login example', false",
    })
    void takesHttpsAndWhatDoesNotLeaveThisMachine(String url, boolean safe) {
        assertThat(SafeUrl.of(url).isPresent()).isEqualTo(safe);
    }
}
