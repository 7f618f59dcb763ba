package io.tillwatch.notifier.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.2.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(AddressRule.PUBLIC.refusal(InetAddress.getByName(address))).isPresent();
        assertThat(AddressRule.ANY.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.255.255.255", "11.0.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void letsPassWhatIsPublic(String address) throws UnknownHostException {
        assertThat(AddressRule.PUBLIC.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void knowsAnAddressFromAName() {
        assertThat(AddressRule.literal("[::1]")).isPresent();
        assertThat(AddressRule.literal("10.0.0.1")).isPresent();
        assertThat(AddressRule.literal("shop.example")).isEmpty();
    }
}
