package dev.waybill.server.configuration;

import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.core.predicate.ConfigurationSet.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables that make a runtime, a shell or the loader run code that is not the artifact's, before it or in its
 * place: whoever may set configuration may not thereby choose what runs (law 5). Where a variable also carries honest
 * settings, such as a heap size, its value is read, and only words that are known to load nothing pass.
 */
final class LoadingKeys {
    /** @param harmless what each word of the value may be; null when no value is harmless */
    private record Rule(
            Pattern key, String reason, @Nullable Pattern harmless) {}

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_-]+");

    /** Sizes, switches, logs, where dumps go, system properties other than the platform's own; no agent, path or command. */
    private static final Pattern JAVA = Pattern.compile("-X(m[nsx]|ss)[0-9]+[kKmMgGtT]?|-Xlog(:[A-Za-z0-9_=+*,.:/%-]*)?"
            + "|-XX:[+-][A-Za-z0-9]+|-XX:[A-Za-z0-9]+=[0-9.]+[kKmMgGtT%]?|-XX:(HeapDumpPath|ErrorFile)=[A-Za-z0-9_./%-]+"
            + "|-D(?!java\\.|jdk\\.|sun\\.|javax\\.)[A-Za-z0-9_.-]+(=[^\\s'\"@]*)?|-Djava\\.(awt\\.headless|io\\.tmpdir"
            + "|net\\.preferIPv[46][A-Za-z]*|security\\.egd)=[A-Za-z0-9_./:-]+|-verbose:gc|-ea|-esa|-server"
            + "|--enable-preview|--enable-native-access=[A-Za-z0-9_.,-]+"
            + "|--add-(opens|exports|reads)=[A-Za-z0-9_.,/=-]+");

    private static final Pattern NODE = Pattern.compile("--(max[-_][a-z_-]+|stack[-_]trace[-_]limit|trace[-_][a-z_-]+"
            + "|enable[-_]source[-_]maps|no[-_](deprecation|warnings)|throw[-_]deprecation|unhandled[-_]rejections"
            + "|dns[-_]result[-_]order|use[-_](openssl|bundled|system)[-_]ca|tls[-_](min|max)[-_]v1\\.[0-3])"
            + "(=[A-Za-z0-9_-]+)?");

    private static final List<Rule> RULES = List.of(
            never("WAYBILL_.*", "it is the agent's"),
            never("PATH", "it decides which programs run"),
            never("LD_.*|DYLD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH", "the loader and the C library take code from it"),
            never(
                    "BASH_ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|ZDOTDIR|FPATH|IFS",
                    "a shell runs or splits its commands by it"),
            read("ENV", "a shell reads the file that it names first", PLAIN_WORD),
            read("JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS", "Java loads agents, paths and files by it", JAVA),
            never("CLASSPATH", "Java loads classes from it"),
            read("NODE_OPTIONS", "Node loads modules by it before the application", NODE),
            never("NODE_PATH|NODE_REPL_EXTERNAL_MODULE", "Node loads modules from it"),
            never(
                    "PYTHON(STARTUP|PATH|HOME|INSPECT|USERBASE|BREAKPOINT|PLATLIBDIR|PYCACHEPREFIX|EXECUTABLE|WARNINGS)",
                    "Python imports modules by it"),
            never("PERL5OPT|PERL5LIB|PERLLIB|PERL5DB", "Perl loads modules by it"),
            never("RUBYOPT|RUBYLIB|GEM_HOME|GEM_PATH|BUNDLE_GEMFILE|BUNDLE_PATH", "Ruby loads files by it"),
            never("LUA_(INIT|PATH|CPATH)(_[0-9]+_[0-9]+)?", "Lua runs or loads code by it"),
            never("PHPRC|PHP_INI_SCAN_DIR", "PHP loads files that its settings name"),
            never(
                    "DOTNET_(STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE|ROOT.*)|(CORECLR|COR)_(ENABLE_PROFILING|PROFILER.*)"
                            + "|(DOTNET|COMPlus)_(gcServerPath|GCName|GCPath)",
                    ".NET loads assemblies or profilers by it"),
            never("ERL_(A|Z)?FLAGS|ERL_LIBS|ELIXIR_ERL_OPTIONS", "the Erlang machine loads code by it"),
            never("OPENSSL_(CONF|MODULES|ENGINES)", "OpenSSL loads providers and engines by it"),
            never(
                    "GIT_(SSH|SSH_COMMAND|EXEC_PATH|ASKPASS|EXTERNAL_DIFF|PAGER|EDITOR|SEQUENCE_EDITOR|PROXY_COMMAND"
                            + "|TEMPLATE_DIR|CONFIG.*)",
                    "git runs the programs that it names"),
            never(
                    "JULIA_LOAD_PATH|JULIA_DEPOT_PATH|R_PROFILE.*|R_ENVIRON.*|R_LIBS.*",
                    "the interpreter loads code by it"));

    private LoadingKeys() {}

    private static Rule never(String key, String reason) {
        return new Rule(Pattern.compile(key), reason, null);
    }

    private static Rule read(String key, String reason, Pattern harmless) {
        return new Rule(Pattern.compile(key), reason, harmless);
    }

    /** Why this may not be set, as the end of a sentence; empty when it may. It never repeats the value. */
    static Optional<String> refusal(String name, ConfigurationValue value) {
        return RULES.stream()
                .filter(rule -> rule.key().matcher(name).matches())
                .findFirst()
                .flatMap(rule -> {
                    Pattern harmless = rule.harmless();
                    if (harmless == null) {
                        return Optional.of(rule.reason());
                    }
                    // A file's variable holds a path.
                    boolean fits = value.kind() != Kind.FILE
                            && Stream.of(value.value().strip().split("\\s+"))
                                    .allMatch(word -> word.isEmpty() || isHarmless(harmless, word));
                    return fits
                            ? Optional.empty()
                            : Optional.of(rule.reason() + ", and its value says more than settings that load nothing");
                });
    }

    /** Switches of the virtual machine that run commands or read files are spelled like those that do not. */
    private static boolean isHarmless(Pattern harmless, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return harmless.matcher(word).matches() && !lower.contains("..") && !lower.contains("@");
    }
}
