package dev.waybill.cli;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.cli.home.Home;
import dev.waybill.cli.home.Login;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Terminal;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of the program: what surrounds it, how answers are printed, and the server once somebody needs it. */
public final class Session implements AutoCloseable {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path directory;
    private final InputStream in;
    private @Nullable WaybillClient client;
    private boolean json;

    /** @param directory the working directory, absolute */
    public Session(Terminal terminal, Map<String, String> environment, Path directory, InputStream in) {
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.in = in;
    }

    void answerInJson(boolean yes) {
        json = yes;
    }

    public boolean json() {
        return json;
    }

    public Terminal terminal() {
        return terminal;
    }

    public Style style() {
        return terminal.outStyle();
    }

    public PrintStream out() {
        return terminal.out();
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Path directory() {
        return directory;
    }

    /** A path as the person wrote it, seen from the working directory. */
    public Path path(Path written) {
        return directory.resolve(written).normalize();
    }

    /** A path as a person would write it here: below the working directory without what leads there. */
    public String shown(Path path) {
        Path whole = path(path);
        return whole.startsWith(directory) && !whole.equals(directory)
                ? directory.relativize(whole).toString()
                : whole.toString();
    }

    public InputStream in() {
        return in;
    }

    public Home home() {
        return Home.of(environment);
    }

    public WaybillClient client() throws IOException {
        WaybillClient known = client;
        if (known == null) {
            Login login = home().login();
            return client(uri(login.url()), login.token());
        }
        return known;
    }

    /** From now on this server is talked to. */
    public WaybillClient client(URI server, String token) {
        close();
        WaybillClient made = WaybillClient.to(server, token);
        client = made;
        return made;
    }

    @Override
    public void close() {
        if (client != null) {
            client.connection().close();
            client = null;
        }
    }

    public static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Problem.Malformed(
                            "URL_INVALID",
                            "Reading the server's address '" + text + "'",
                            "it is no URL.",
                            text.contains("://")
                                    ? "Write for example http://localhost:8080."
                                    : "Write it with its scheme: http://" + text)
                    .exception();
        }
    }

    public Progress progress() {
        return new Progress(terminal);
    }

    /** Prints the answer: as JSON if asked, else the text, which is made only then. */
    public void answer(Object value, Supplier<String> text) {
        String shown = json ? Json.pretty(value) : text.get();
        terminal.out().print(shown.isEmpty() || shown.endsWith("\n") ? shown : shown + "\n");
        terminal.out().flush();
    }

    /** The last line: what happened and what one would type next. Beside the answer, so that pipes stay clean. */
    public void closing(String happened, @Nullable String next) {
        if (json) {
            return;
        }
        Style style = terminal.errStyle();
        terminal.err().println(happened + (next == null ? "" : " Next: " + style.bold(next)));
        terminal.err().flush();
    }

    /** A line that a command of the team's printed; programs colour it even where nobody sees colour. */
    public void pass(String line) {
        note(terminal.errStyle().fit(line));
    }

    /** Something a person should know beside the answer. */
    public void note(String text) {
        if (!json) {
            terminal.err().println(text);
            terminal.err().flush();
        }
    }
}
