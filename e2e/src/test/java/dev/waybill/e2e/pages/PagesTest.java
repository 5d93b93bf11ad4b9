package dev.waybill.e2e.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.waybill.server.identity.Role;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in Chromium: what script and stylesheet add, under the strict policy that the server sends. */
class PagesTest {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path data;

    private WaitingShop shop;
    private BrowserContext context;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "Chromium is not on the PATH");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
    }

    @AfterAll
    static void shut() {
        if (playwright != null) {
            browser.close();
            playwright.close();
        }
    }

    private static Optional<Path> chromium() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .flatMap(dir -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(dir, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void start() {
        shop = new WaitingShop(data.resolve("server"));
        context = browser.newContext();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    private Page page() {
        Page page = context.newPage();
        page.onRequest(request -> asked.add(request.url()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Through the door with keys alone; the field has the focus when the page opens. */
    private Page loggedIn(Role role) {
        Page page = page();
        page.navigate(shop.server.url() + "/");
        page.waitForURL(Pattern.compile(".*/login.*"));
        page.keyboard().type(shop.token(role));
        page.keyboard().press("Enter");
        page.waitForURL(shop.server.url() + "/");
        return page;
    }

    @Test
    void everything_comes_from_the_server_itself_and_the_policy_stops_nothing_of_ours() {
        Page page = loggedIn(Role.APPROVER);
        for (String path : List.of(
                "/",
                "/artifacts/" + shop.artifact,
                "/promotions/" + shop.promotion.id(),
                "/environments/production/shop",
                "/ledger",
                "/compare?a=" + shop.artifact + "&b=" + shop.artifact)) {
            assertThat(page.navigate(shop.server.url() + path).status())
                    .as(path)
                    .isEqualTo(200);
            assertThat(page.locator("main h1").count()).as(path).isEqualTo(1);
        }

        assertThat(asked).allMatch(url -> url.startsWith(shop.server.url() + "/"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void a_promotion_is_approved_with_the_keyboard_alone() {
        Page page = loggedIn(Role.APPROVER);

        tabTo(page, "Review");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/promotions/.*"));
        tabTo(page, "Approve");
        page.keyboard().press("Enter");
        page.waitForSelector(".outcome-line");

        assertThat(page.locator(".outcome-line").textContent()).contains("production/shop#1");
        assertThat(complaints).isEmpty();
    }

    /** Presses Tab until the element with this text has the focus, as a person would. */
    private static void tabTo(Page page, String text) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            String focused = (String) page.evaluate("document.activeElement.textContent");
            if (focused.strip().startsWith(text)) {
                return;
            }
        }
        throw new AssertionError("Tab never reached '" + text + "'");
    }

    @Test
    void the_board_is_walked_with_arrows_and_searched_with_a_slash() {
        Page page = loggedIn(Role.VIEWER);

        page.keyboard().press("/");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
        page.keyboard().press("ArrowDown");
        assertThat(page.evaluate("document.activeElement.getAttribute('href')"))
                .isEqualTo("/environments/production/shop");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile(".*/environments/production/shop"));

        assertThat(page.locator("h1").textContent()).contains("shop");
    }

    @Test
    void what_others_do_shows_without_loading_the_page_again() {
        Page watching = loggedIn(Role.VIEWER);
        watching.navigate(shop.server.url() + "/promotions/" + shop.promotion.id());
        watching.waitForSelector(".live:not([hidden])");

        Page deciding = browser.newContext().newPage();
        deciding.navigate(shop.server.url() + "/login?next=/promotions/" + shop.promotion.id());
        deciding.fill("#token", shop.token(Role.APPROVER));
        deciding.click("main button");
        deciding.click("button.approve");

        watching.waitForSelector(".outcome-line");
        deciding.context().close();
    }

    @Test
    void the_registry_is_read_on_a_narrow_screen_in_light_and_dark_and_stands_in_an_admin_s_menu() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            context.close();
            context = browser.newContext(
                    new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(320, 700));
            Page page = loggedIn(Role.ADMIN);
            page.click("nav a[href='/registry']");
            page.waitForURL(shop.server.url() + "/registry");

            assertThat(page.locator("main h1").textContent()).isEqualTo("Registry");
            assertThat(page.locator("main").textContent()).contains("shop", "in 30 days", "No upload is open");
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .isLessThanOrEqualTo(320);
            assertThat(((Number) page.evaluate(CONTRAST)).doubleValue()).isGreaterThan(4.5);
        }

        assertThat(complaints).isEmpty();
        assertThat(asked).allMatch(url -> url.startsWith(shop.server.url() + "/"));
    }

    @Test
    void dark_paper_is_dark_and_ink_on_it_is_read_easily() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            context.close();
            context = browser.newContext(new Browser.NewContextOptions().setColorScheme(scheme));
            Page page = loggedIn(Role.VIEWER);

            double ratio = ((Number) page.evaluate(CONTRAST)).doubleValue();
            boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");

            assertThat(dark).isEqualTo(scheme == ColorScheme.DARK);
            assertThat(ratio).isGreaterThan(4.5);
        }
    }

    /** The least contrast (WCAG 2.2, 1.4.3) of any of the pages' inks on any of their papers. */
    private static final String CONTRAST = """
            () => {
              const style = getComputedStyle(document.documentElement);
              const light = (name) => {
                const hex = style.getPropertyValue(name).trim().slice(1);
                const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
                  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const pairs = [];
              for (const ink of ['--ink', '--soft', '--link', '--good', '--bad', '--wait'])
                for (const paper of ['--paper', '--sheet']) pairs.push([ink, paper]);
              pairs.push(['--bad', '--bad-ground'], ['--wait', '--wait-ground'], ['--ink', '--wait-ground']);
              return Math.min(...pairs.map(([a, b]) => {
                const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
                return (x + 0.05) / (y + 0.05);
              }));
            }
            """;

    private static final String TOO_WIDE = """
            () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth)
                .slice(-3).map(e => e.outerHTML.slice(0, 300)).join(' ... ')
            """;

    @Test
    void nothing_is_wider_than_a_small_telephone() {
        context.close();
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(320, 640));
        Page page = loggedIn(Role.APPROVER);
        for (String path : List.of(
                "/",
                "/artifacts/" + shop.artifact,
                "/promotions/" + shop.promotion.id(),
                "/environments/production/shop",
                "/ledger")) {
            page.navigate(shop.server.url() + path);

            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as(() -> path + " " + page.evaluate(TOO_WIDE))
                    .isLessThanOrEqualTo(320);
        }
    }
}
