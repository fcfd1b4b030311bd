package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the console, and what may change something. */
class GuardTest {

    private static final ConsoleSettings DEVELOPMENT = new ConsoleSettings(true, null, true);
    private static final ConsoleSettings ROLE = new ConsoleSettings(true, "operator", false);

    private static boolean admits(ConsoleSettings settings, Call call) throws Exception {
        return new Guard(settings).admits(call.request(), Call.response());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:8080",
        "127.0.0.1, localhost",
        "127.0.0.1, 127.0.0.1:9080",
        "127.3.2.1, LOCALHOST:8080",
        "::1, [::1]:8080",
        "0:0:0:0:0:0:0:1, localhost:8080",
    })
    void inDevelopmentWhoIsOnThisMachineMay(String address, String host) throws Exception {
        assertThat(admits(DEVELOPMENT, new Call().from(address).with("Host", host))).isTrue();
    }

    @Test
    void withoutDevelopmentNobodyMayWithoutARole() throws Exception {
        assertThat(admits(new ConsoleSettings(true, null, false), new Call())).isFalse();
        assertThat(admits(ROLE, new Call())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.168.1.7", "10.0.0.1", "128.0.0.1", "::2", "fe80::1", "localhost.evil"})
    void whoIsElsewhereMayNot(String address) throws Exception {
        assertThat(admits(DEVELOPMENT, new Call().from(address))).isFalse();
    }

    /** A page of evil.com whose name means 127.0.0.1 by now. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.com:8080",
                "localhost.evil.com",
                "127.0.0.1.evil.com",
                "localhost:80@evil",
                ""
            })
    void anotherNameForThisMachineMayNot(String host) throws Exception {
        assertThat(admits(DEVELOPMENT, new Call().with("Host", host))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded-Proto",
                "Forwarded",
                "Via",
                "X-Real-IP"
            })
    void whoComesThroughAProxyIsNotHere(String header) throws Exception {
        assertThat(admits(DEVELOPMENT, new Call().with(header, "127.0.0.1"))).isFalse();
    }

    @Test
    void nginxAsItIsInstalledNamesNobodyButSpeaksTheOldProtocol() throws Exception {
        assertThat(admits(DEVELOPMENT, new Call().by("HTTP/1.0"))).isFalse();
    }

    @Test
    void whoIsNotLoggedInIsAskedToLogIn() throws Exception {
        Call call = new Call().from("192.168.1.7");

        assertThat(admits(ROLE, call)).isFalse();
        assertThat(call.wasAsked()).isTrue();
    }

    @Test
    void whoIsLoggedInNeedsTheRole() throws Exception {
        assertThat(admits(ROLE, new Call().from("192.168.1.7").user("ada", "operator"))).isTrue();

        Call other = new Call().user("eve", "reader");
        assertThat(admits(ROLE, other)).isFalse();
        assertThat(other.wasAsked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // what browsers say of forms and scripts of the console's own page
                "same-origin, http://localhost:8080, -, true",
                "same-origin, https://shop.example, -, true",
                // of pages of others, forms without a script among them
                "cross-site, https://evil.com, -, false",
                "same-site, http://localhost:9090, -, false",
                "none, -, -, false",
                "cross-site, http://localhost:8080, x, false",
                // browsers that do not say it, or not on plain HTTP
                "-, http://localhost:8080, -, true",
                "-, http://localhost:9090, -, false",
                "-, https://evil.com, x, false",
                "-, null, -, false",
                "-, http://localhost:8080.evil.com, -, false",
                "-, ://, -, false",
                // programs
                "-, -, curl, true",
                "-, -, -, false",
            })
    void onlyTheConsolesPagesAndProgramsMayChangeSomething(
            String site, String origin, String own, boolean may) {
        Call call = new Call();
        if (site != null) {
            call.with("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            call.with("Origin", origin);
        }
        if (own != null) {
            call.with(Guard.OWN_HEADER, own);
        }

        assertThat(Guard.isFromOwnPage(call.request())).isEqualTo(may);
    }
}
