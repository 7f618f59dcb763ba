package io.tillwatch.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.cli.process.ApiToken;
import io.tillwatch.cli.process.Home;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.traffic.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a form in a browser to the verdict of the jobs, with nothing in between that is not the real part. */
class PolicyPageIT {

    /** Longer than everybody's window, so that a job that has not read it when the sale comes goes by it in time all the same. */
    private static final Duration CAPTURE_WITHIN = Duration.ofMillis(Windows.CAPTURE_MILLIS + 3_000);

    private static final double PATIENCE_MILLIS = 60_000;
    private static final String MERCHANT = "m-page";

    @TempDir
    private Path directory;

    @Test
    void whatIsSetOnThePageIsWhatTheJobsGoBy() throws Exception {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(chromium.isPresent(), "no Chromium is installed: apt-get install chromium");
        ApiToken admin = ApiToken.make("ada", "ADMIN");
        Screen screen = new Screen(System.out, false);
        DemoSystem system = new DemoSystem(Home.find(), directory, DemoPorts.anyFree(), 1, List.of(admin), screen);
        try (system;
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            system.start();
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium.get())
                            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
            Page page = browser.newPage(new Browser.NewPageOptions().setLocale("en"));
            page.setDefaultTimeout(PATIENCE_MILLIS);
            setPolicy(page, system, admin);

            page.navigate(system.console() + "/alerts?type=CAPTURE_OVERDUE&merchant=" + MERCHANT);
            long arrivedAt = sell(system);

            Locator detected = page.locator("tr[data-alert='p-page:CAPTURE_OVERDUE'] time");
            detected.waitFor();
            assertThat(Instant.parse(detected.getAttribute("datetime")))
                    .as("the deadline is the arrival and what was set on the page, to the millisecond")
                    .isEqualTo(Instant.ofEpochMilli(arrivedAt).plus(CAPTURE_WITHIN));
            browser.close();
        }
    }

    /** No remedy either, for a capture that was retried would clear the alert that is looked for. */
    private static void setPolicy(Page page, DemoSystem system, ApiToken admin) {
        page.navigate(system.console() + "/sign-in?to=/policies/scope%3Fscope%3Dmerchant:" + MERCHANT);
        page.fill("[name=secret]", admin.secret());
        page.click("button.primary");
        page.fill("input[name=captureWithin]", CAPTURE_WITHIN.toString());
        page.selectOption("select[name=retryCaptureMode]", "OFF");
        page.locator("form[action='/policies'] input[name=reason]").fill("captured when the parcel leaves");
        page.click("#write");
        page.locator(".notice.good").waitFor();
    }

    /** A sale that is never captured; when it arrived, in milliseconds. */
    private static long sell(DemoSystem system) {
        CompletableFuture<Long> arrivedAt = new CompletableFuture<>();
        FeedProducer feeds = new FeedProducer(system.bootstrapServers());
        try (feeds) {
            Authorization sale = Authorization.newBuilder()
                    .setEventId("e-page")
                    .setPaymentId("p-page")
                    .setOccurredAt(Instant.now())
                    .setAcquirerId("acq-page")
                    .setMerchantId(MERCHANT)
                    .setAmount(12_500)
                    .setCurrency("EUR")
                    .setKind(AuthorizationKind.SALE)
                    .setStatus(AuthorizationStatus.APPROVED)
                    .setCaptureMode(CaptureMode.SEPARATE)
                    .setCardToken("tok-page")
                    .build();
            feeds.write(sale, (metadata, failure) -> {
                if (failure == null) {
                    arrivedAt.complete(metadata.timestamp());
                } else {
                    arrivedAt.completeExceptionally(failure);
                }
            });
            feeds.flush();
        }
        return arrivedAt.join();
    }
}
