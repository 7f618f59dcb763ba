package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tillwatch.responder.iso8583.Iso8583Settings.Result;
import io.tillwatch.responder.profile.AdapterSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Iso8583SettingsTest {

    private static Result of(String own) throws JsonProcessingException {
        return Iso8583Settings.of(new AdapterSettings.Iso8583(
                "acquirer.example",
                5000,
                Duration.ofSeconds(2),
                JsonMapper.builder().build().readTree(own)));
    }

    @Test
    void hasADefaultForEverythingButTheAddress() throws JsonProcessingException {
        Result nothingSaid = Iso8583Settings.of(new AdapterSettings.Iso8583(
                "acquirer.example", 5000, Duration.ofSeconds(2), MissingNode.getInstance()));

        assertThat(nothingSaid)
                .isEqualTo(of("null"))
                .isEqualTo(of("{}"))
                .isEqualTo(new Result.Good(Iso8583Settings.of("acquirer.example", 5000, Duration.ofSeconds(2))));
    }

    @Test
    void readsWhatAnAcquirerHasOfItsOwn() throws JsonProcessingException {
        Result read = of("""
                {"connectWithin": "PT1S", "echoEvery": "PT1M", "acquirerCode": "00000000007",
                 "currencyDigits": {"ISK": 2}, "responseCodes": {"05": "NOT_FOUND"}, "reversalAsAdvice": true}""");

        assertThat(read)
                .isEqualTo(new Result.Good(new Iso8583Settings(
                        "acquirer.example",
                        5000,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        "00000000007",
                        Map.of("ISK", 2),
                        Map.of("05", "NOT_FOUND"),
                        true)));
    }

    @Test
    void saysAllThatIsWrongEachWithItsRemedy() throws JsonProcessingException {
        Result read = of("""
                {"connectWithin": "1s", "echoEvery": "PT0S", "acquirerCode": "an-acquirer-id",
                 "currencyDigits": {"QQQ": 2, "ISK": 9}, "responseCodes": {"5": "NOT_FOUND"},
                 "reversalAsAdvice": "yes", "echo": 1}""");

        assertThat(((Result.Bad) read).problems())
                .hasSize(8)
                .allMatch(problem -> problem.contains("; give") || problem.contains("; known are"))
                .anyMatch(problem -> problem.startsWith("echo:"))
                .anyMatch(problem -> problem.startsWith("currencyDigits.ISK:"));
        assertThat(of("[]")).isInstanceOf(Result.Bad.class);
    }
}
