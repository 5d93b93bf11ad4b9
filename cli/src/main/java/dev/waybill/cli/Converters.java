package dev.waybill.cli;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Arguments become checked names while they are parsed; what is wrong with them is said in the name's own words. */
final class Converters {
    private Converters() {}

    static void register(CommandLine root) {
        register(root, Slot.class, Slot::parse);
        register(root, EnvironmentName.class, EnvironmentName::new);
        register(root, ApplicationName.class, ApplicationName::new);
        register(root, ActorName.class, ActorName::new);
        register(root, AgentName.class, AgentName::new);
        register(root, CommitId.class, CommitId::new);
        register(root, Version.class, Version::new);
        register(root, Digest.class, Digest::parse);
    }

    private static <T> void register(CommandLine root, Class<T> type, Function<String, T> parser) {
        root.registerConverter(type, text -> {
            try {
                return parser.apply(text);
            } catch (ProblemException e) {
                throw new TypeConversionException("'" + text + "': "
                        + e.problem().missing() + " " + e.problem().next());
            }
        });
    }
}
