package org.cabstand.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.Credentials;
import org.cabstand.internal.connect.LoginBackoff.Login;
import org.junit.jupiter.api.Test;

/** The pause after a refused login, by a clock that stands still until it is moved. */
class LoginBackoffTest {

    private static final SQLException REFUSAL =
            new SQLInvalidAuthorizationSpecException("password is wrong", "28P01", 7);

    /** {@link System#nanoTime()} may be near its end at any time, and begins anew. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private Credentials current = new Credentials("shop", "old");
    private boolean isConfigured = true;
    private int asked;

    private final LoginBackoff logins =
            new LoginBackoff(
                    "orders",
                    new CredentialsSource() {
                        @Override
                        public Credentials credentials() {
                            asked++;
                            if (current == null) {
                                throw new IllegalStateException("the vault is closed");
                            }
                            return current;
                        }

                        @Override
                        public Credentials configuredCredentials() {
                            return isConfigured ? current : null;
                        }
                    },
                    () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    /** One attempt, refused. */
    private void refuse() throws SQLException {
        Login login = logins.next();
        logins.refused(login, REFUSAL);
        logins.ended();
    }

    private void accept() throws SQLException {
        logins.next();
        logins.accepted();
        logins.ended();
    }

    private boolean mayTry() {
        try {
            logins.next();
            logins.ended();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void attemptsGoOnAsLongAsNoneIsRefused() throws SQLException {
        accept();
        accept();
        assertThat(logins.next().credentials()).isEqualTo(current);
        assertThat(logins.next().credentials()).isEqualTo(current);
    }

    @Test
    void aRefusalIsFollowedByAPauseOfASecond() throws SQLException {
        refuse();
        pass(Duration.ofMillis(999));
        assertThat(mayTry()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(mayTry()).isTrue();
    }

    @Test
    void duringThePauseAttemptsFailWithWhatTheDatabaseSaid() throws SQLException {
        refuse();
        pass(Duration.ofMillis(400));
        assertThatThrownBy(logins::next)
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("password is wrong")
                .hasMessageContaining("0.6s")
                .extracting(e -> ((SQLException) e).getSQLState(), e -> code((SQLException) e))
                .containsExactly("28P01", 7);
    }

    private static int code(SQLException e) {
        return e.getErrorCode();
    }

    @Test
    void thePauseDoublesUpToHalfAMinute() throws SQLException {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            refuse();
            long begun = now;
            while (!mayTry()) {
                pass(Duration.ofMillis(500));
            }
            pauses.add(Duration.ofNanos(now - begun).toSeconds());
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aSuccessEndsThePauseAndTheNextOneIsShortAgain() throws SQLException {
        refuse();
        pass(Duration.ofSeconds(1));
        refuse();
        pass(Duration.ofSeconds(2));
        accept();
        assertThat(mayTry()).isTrue();
        refuse();
        pass(Duration.ofSeconds(1));
        assertThat(mayTry()).isTrue();
    }

    @Test
    void whenThePauseIsOverOneFindsOutForAll() throws SQLException {
        refuse();
        pass(Duration.ofSeconds(5));
        logins.next();
        assertThatThrownBy(logins::next).hasMessageContaining("password is wrong");
        logins.ended(); // given up, say
        assertThat(mayTry()).isTrue();
    }

    @Test
    void attemptsThatWereUnderWayTogetherCountOnce() throws SQLException {
        Login first = logins.next();
        Login second = logins.next();
        logins.refused(first, REFUSAL);
        logins.ended();
        pass(Duration.ofMillis(100));
        logins.refused(second, REFUSAL);
        logins.ended();
        pass(Duration.ofMillis(900));
        assertThat(mayTry()).isTrue();
    }

    @Test
    void aChangedPasswordIsTriedAtOnce() throws SQLException {
        refuse();
        assertThat(mayTry()).isFalse();
        current = new Credentials("shop", "new");
        assertThat(logins.next().credentials()).isEqualTo(current);
    }

    @Test
    void aProviderIsNotAskedDuringThePause() throws SQLException {
        isConfigured = false;
        refuse();
        current = new Credentials("shop", "for this minute");
        assertThat(mayTry()).isFalse();
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(mayTry()).isTrue();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void credentialsThatCannotBeReadLeaveTheTrialToTheNextOne() throws SQLException {
        isConfigured = false;
        refuse();
        pass(Duration.ofSeconds(1));
        Credentials working = current;
        current = null;
        assertThatThrownBy(logins::next).hasMessage("the vault is closed");
        current = working;
        assertThat(mayTry()).isTrue();
    }
}
