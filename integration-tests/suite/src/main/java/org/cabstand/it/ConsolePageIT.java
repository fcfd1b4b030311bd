package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cabstand.console.Browser;
import org.cabstand.it.app.CrowdResource;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Guards the console's pages, in a browser: with fifty pools, a thousand who wait and a database that is not there they
 * can be read and used on a desk and on a phone, in the dark, with the keyboard, and without a script.
 */
@ArquillianTest
class ConsolePageIT {

    private static final int POOLS = 50;
    private static final int CROWD = 1000;

    private static final Database DATABASE = Database.create("console_page");

    private static final String CONSOLE = System.getProperty("it.http") + "/crowded/cabstand/";

    private static Browser browser;

    private final WarClient app = WarClient.of("crowded");

    @Deployment(testable = false)
    static WebArchive crowded() {
        TestWar war =
                TestWar.named("crowded")
                        .withConsole()
                        .withH2()
                        .with(HoldResource.class, Gate.class, GateResource.class)
                        .with(CrowdResource.class)
                        .config("mp.config.profile", "dev")
                        .config("cabstand.console.enabled", "true")
                        .config("cabstand.default-pool", "orders")
                        .pool("orders", "url", DATABASE.url())
                        .pool("orders", "username", "postgres")
                        .pool("orders", "max-size", "1")
                        .pool("orders", "acquisition-timeout", "60s")
                        .pool("away", "url", "jdbc:postgresql://127.0.0.1:" + freePort() + "/away");
        for (int i = 3; i <= POOLS; i++) {
            war.pool("shop-" + i, "url", "jdbc:h2:mem:shop" + i);
        }
        return war.build();
    }

    @BeforeEach
    void start() {
        if (browser == null) {
            browser = Browser.start();
        }
        browser.wide().scripts(true).prefer("prefers-color-scheme", "light");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void fiftyPoolsAreReadableHoweverTheyAreLookedAt() {
        browser.open(CONSOLE);

        assertThat(rows()).isEqualTo(POOLS);
        assertThat(browser.violations()).isEmpty();
        browser.prefer("prefers-color-scheme", "dark");
        assertThat(browser.violations()).isEmpty();
        browser.narrow();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.prefer("forced-colors", "active");
        assertThat(borderOf("#pause")).isNotEqualTo("0px");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aPoolIsReadableHoweverItIsLookedAt() {
        browser.open(CONSOLE + "pools/shop-3");

        assertThat(browser.violations()).isEmpty();
        browser.prefer("prefers-color-scheme", "dark").narrow();
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.prefer("forced-colors", "active");
        assertThat(borderOf("form button")).isNotEqualTo("0px");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aThousandWhoWaitAreANumberAndTakeNoRoom() {
        CompletableFuture<HttpResponse<String>> holder = app.send("api/hold/crowd");
        await().until(() -> app.text("api/gate/crowd").equals("true"));
        try {
            browser.open(CONSOLE + "pools/orders");
            long height = height();
            app.text("api/crowd/" + CROWD);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> {
                                assertThat(text("main")).contains("" + CROWD, "Full");
                                assertThat(browser.driver().getTitle()).startsWith("Full: orders");
                            });
            assertThat(height()).isLessThan(height + 100);
            assertThat(browser.violations()).isEmpty();
            element("summary").click();
            assertThat(text("details pre")).contains("org.cabstand.it.app.HoldResource");

            browser.open(CONSOLE);
            assertThat(text("main")).contains(CROWD + " requests wait");
            assertThat(text("tbody tr")).contains("away");
            assertThat(browser.violations()).isEmpty();
        } finally {
            app.get("api/crowd/0");
            app.get("api/gate/crowd/open");
        }
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aDatabaseThatIsNotThereIsTheFirstThingSaid() {
        browser.open(CONSOLE);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(text(".sentences li")).startsWith("Down"));
        assertThat(text(".sentences li")).contains("away");

        browser.open(CONSOLE + "pools/away");
        assertThat(text(".head")).contains("away", "Down");
        assertThat(text(".lead")).isNotBlank();
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void theKeyboardIsEnoughAndKeepsItsPlace() {
        browser.open(CONSOLE + "pools/orders");

        element("body").sendKeys(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to the pools");
        WebElement button = element("form[data-key=suspend] button");
        button.sendKeys(Keys.ENTER);
        awaitText("#notice", "Suspended");
        assertThat(focused()).isEqualTo(button);
        assertThat(button.getText()).isEqualTo("Resume");
        assertThat(text(".head")).contains("Suspended");
        String age = text("#age");
        await().until(() -> !text("#age").equals(age)); // fetched again meanwhile
        assertThat(focused()).isEqualTo(button);
        assertThat(text("#notice")).startsWith("Suspended");

        focused().sendKeys(Keys.ENTER);
        awaitText("#notice", "Resumed");
        assertThat(focused()).isEqualTo(button);
    }

    @Test
    void aWrongLimitIsSaidAndWhatWasWrittenStays() {
        browser.open(CONSOLE + "pools/shop-4");
        WebElement field = element("input[name=min-size]");
        field.clear();
        field.sendKeys("99", Keys.ENTER);

        await().untilAsserted(() -> assertThat(text("#fault")).contains("min-size"));
        assertThat(field.getDomProperty("value")).isEqualTo("99");
        assertThat(focused()).isEqualTo(field);
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void withoutAScriptItIsATableAndItsFormsWork() {
        browser.scripts(false).open(CONSOLE);
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(POOLS);

        browser.open(CONSOLE + "pools/shop-5");
        element("form[data-key=evict-all] button").click();
        awaitText("#fault", "Nothing was done"); // the database is in memory
        element("form[data-key=suspend] button").click();
        awaitText("#notice", "Suspended");
        element("form[data-key=suspend] button").click();
        awaitText("#notice", "Resumed");
    }

    @Test
    void whoMayNotIsToldSo() {
        browser.header("X-Forwarded-For", "192.0.2.1");
        try {
            browser.open(CONSOLE);

            assertThat(text("h1")).isEqualTo("You may not see this page");
            assertThat(browser.driver().getPageSource()).doesNotContain("orders");
            assertThat(browser.violations()).isEmpty();
        } finally {
            browser.header("X-Nothing", "1");
        }
    }

    private static int rows() {
        return browser.driver().findElements(By.cssSelector("tbody tr")).size();
    }

    private static WebElement element(String selector) {
        return browser.driver().findElement(By.cssSelector(selector));
    }

    /** In one step, as the page may put another element in its place between two. */
    private static String text(String selector) {
        return browser.run(
                "return document.querySelector(arguments[0])?.innerText.trim() ?? ''", selector);
    }

    private static void awaitText(String selector, String beginning) {
        await().ignoreExceptions() // of a page that is just being left
                .untilAsserted(() -> assertThat(text(selector)).startsWith(beginning));
    }

    private static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    private static long height() {
        return browser.run("return document.documentElement.scrollHeight");
    }

    private static String borderOf(String selector) {
        return element(selector).getCssValue("border-top-width");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
