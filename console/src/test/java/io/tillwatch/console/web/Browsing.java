package io.tillwatch.console.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium, without a window. */
final class Browsing implements AutoCloseable {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final Playwright playwright;
    private final Browser browser;

    private Browsing(Path chromium) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    /** Where it is; empty if it is not installed. */
    static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browsing start() {
        return new Browsing(chromium().orElseThrow());
    }

    /** How somebody looks at pages. */
    record Look(boolean dark, int width, String language) {
        static Look usual() {
            return new Look(false, 1280, "en");
        }
    }

    /** What stands in the way of people who see or move otherwise (WCAG 2 A and AA), of the page as it is. */
    static List<?> flawsFor(Page page) {
        page.evaluate(axe());
        return (List<?>)
                page.evaluate(
                        "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa']})"
                                + ".then(all => all.violations.map(one => one.id + ': ' + one.nodes.map(n => n.html).slice(0, 3)))");
    }

    private static String axe() {
        try (InputStream in = Browsing.class.getResourceAsStream(AXE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser of its own. */
    Page page(Look look) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(look.width(), 900)
                .setTimezoneId("Asia/Shanghai")
                .setLocale(look.language())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
        return context.newPage();
    }

    /** A browser of its own, signed in. */
    Page signedIn(String url, String token, Look look) {
        Page page = page(look);
        page.navigate(url + "/sign-in");
        page.fill("[name=secret]", token);
        page.click("button.primary");
        page.waitForURL(url + "/");
        return page;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
