package org.cabstand.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A Chromium without a window, for tests of pages.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome");

    private static final int WIDE = 1280;
    private static final int NARROW = 360;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; a test that needs it is skipped where there is none, and {@code .ci/run} then fails. */
    public static Browser start() {
        Optional<Path> browser = BROWSERS.stream().flatMap(Browser::onPath).findFirst();
        Optional<Path> driver = onPath("chromedriver").findFirst();
        assumeTrue(
                browser.isPresent() && driver.isPresent(),
                "no Chromium: install Debian's packages chromium and chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // as root it has none
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--window-size=" + WIDE + ",900");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get().toFile())
                        .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Stream<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable);
    }

    /** Selenium's own. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page. */
    public Browser open(String address) {
        driver.get(address);
        return this;
    }

    /** Runs a script in the page. */
    @SuppressWarnings("unchecked") // the script's caller knows
    public <T> T run(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    /** The window of a desk. */
    public Browser wide() {
        return size(WIDE);
    }

    /** The window of a phone. */
    public Browser narrow() {
        return size(NARROW);
    }

    private Browser size(int width) {
        return command(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < WIDE));
    }

    /** Shows pages as somebody wants them: {@code prefers-color-scheme: dark}, {@code forced-colors: active}. */
    public Browser prefer(String feature, String value) {
        return command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** Pages have their script, or not. */
    public Browser scripts(boolean on) {
        return command("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    /** Sends a header with every request. */
    public Browser header(String name, String value) {
        command("Network.enable", Map.of());
        return command("Network.setExtraHTTPHeaders", Map.of("headers", Map.of(name, value)));
    }

    private Browser command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
        return this;
    }

    /** How much of the page stands out to the side of the window, in pixels. */
    public long overflow() {
        return run(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** What axe-core finds wrong with the page for people who see, hear or move otherwise: a line for each. */
    public List<String> violations() {
        run(axe() + "; window.axe = axe;");
        Object found =
                driver.executeAsyncScript(
                        "const done = arguments[0];"
                                + "axe.run(document, {resultTypes: ['violations']}).then("
                                + "r => done(r.violations.map(v => v.id + ': ' + v.help + ' '"
                                + " + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))),"
                                + " e => done(['axe failed: ' + e]))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the page's console holds of errors: a script that failed, a part that the policy kept out. */
    public List<String> errors() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= 1000)
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** A picture of what is in the window. */
    public void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
