package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Behaviour of OpenWebBeans that differs from what the extension's tests expect. A test that fails here is good news:
 * the extension's own can take its place in the pom.
 */
class OpenWebBeansDeviationsTest {

    /** Its {@code select} forgets the {@code @Default} of an injection point that has no qualifier. */
    @Test
    void anyPoolIsFoundWithoutAny() {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.default.url", "jdbc:h2:mem:default",
                                "cabstand.pool.other.url", "jdbc:h2:mem:other"),
                        LookupWithoutAnyTest.DefaultOnly.class)) {
            assertThat(app.get(LookupWithoutAnyTest.DefaultOnly.class).finds("other")).isTrue();
        }
    }
}
