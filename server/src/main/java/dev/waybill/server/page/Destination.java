package dev.waybill.server.page;

import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.server.http.Call;
import dev.waybill.server.identity.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment that an artifact may be promoted to by whoever looks; its gates still decide.
 *
 * @param there what is approved there now, in words
 */
public record Destination(String environment, String there, boolean held) {
    /** In the pipeline's order, without those where the artifact is approved already. */
    public static List<Destination> of(WaybillView artifact, List<RunningView> slots, Call call) {
        return slots.stream()
                .filter(s -> Visit.may(call, Permission.PROMOTE, s.slot()))
                .filter(s -> !isThere(artifact, s.approved()))
                .map(s -> new Destination(s.slot().environment().toString(), there(s.approved()), s.held()))
                .toList();
    }

    private static boolean isThere(WaybillView artifact, @Nullable Shown approved) {
        return approved != null && approved.artifact().equals(artifact.artifact());
    }

    private static String there(@Nullable Shown approved) {
        return approved == null ? "nothing yet" : Words.name(approved.versions(), approved.commit());
    }
}
