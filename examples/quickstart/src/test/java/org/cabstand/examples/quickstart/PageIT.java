package org.cabstand.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.cabstand.console.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser, for who sees, types or hears it. */
class PageIT {

    private static Browser browser;
    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        quickstart = RunningQuickstart.start("quickstart-page", Map.of());
    }

    @AfterAll
    static void stop() {
        try {
            if (quickstart != null) {
                quickstart.close();
            }
        } finally {
            if (browser != null) {
                browser.close();
            }
        }
    }

    @BeforeEach
    void open() {
        browser.wide().prefer("prefers-color-scheme", "light").open(quickstart.address("/"));
    }

    @Test
    void everyFaultIsSaidAtOnceByTheNameOfItsField() {
        element("#sign").sendKeys(Keys.ENTER);

        await().untilAsserted(
                        () ->
                                assertThat(text("#author-error"))
                                        .isEqualTo("Your name must not be empty."));
        assertThat(text("#message-error")).isEqualTo("Your message must not be empty.");
        assertThat(text("#form-note")).isEqualTo("Not stored: 2 fields need a change.");
        assertThat(focused()).isEqualTo(element("#author"));
        assertThat(element("#author").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void aButtonKeepsTheFocusWhileItWorksAndAfter() {
        element("#author").sendKeys("Ada");
        element("#message").sendKeys("First in the book!");
        WebElement sign = element("#sign");
        sign.sendKeys(Keys.ENTER);
        await().untilAsserted(() -> assertThat(text("#form-note")).isEqualTo("Thank you, Ada."));
        assertThat(focused()).isEqualTo(sign);

        WebElement burst = element("#burst");
        burst.sendKeys(Keys.ENTER);
        assertThat(focused()).isEqualTo(burst);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(text("#summary"))
                                        .startsWith("60 of 60 requests answered"));
        assertThat(focused()).isEqualTo(burst);
    }

    @Test
    void itIsReadableHoweverItIsLookedAt() {
        await().untilAsserted(() -> assertThat(browser.violations()).isEmpty());
        browser.prefer("prefers-color-scheme", "dark").narrow();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.prefer("forced-colors", "active");
        for (String button : new String[] {"#sign", "#burst"}) {
            assertThat(element(button).getCssValue("border-top-width")).isEqualTo("2px");
            assertThat(element(button).getCssValue("border-top-color"))
                    .isNotEqualTo(element(button).getCssValue("background-color"));
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void theConsoleIsOneStepAway() {
        element("a[href='cabstand/pools/guestbook']").click();

        assertThat(browser.driver().getTitle()).contains("guestbook");
        assertThat(text("h1")).isEqualTo("guestbook");
    }

    private static WebElement element(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
    }

    private static String text(String selector) {
        return element(selector).getText();
    }

    private static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }
}
