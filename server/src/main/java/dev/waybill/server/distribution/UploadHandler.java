package dev.waybill.server.distribution;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Upload;
import dev.waybill.server.http.Call;
import dev.waybill.server.registry.Contents;
import dev.waybill.server.registry.Pulls;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** end-4, 5, 6, 11, 13, 14: blobs in. Locations are relative and under {@code /v2/}, or clients drop their credentials. */
final class UploadHandler {
    private static final Pattern CONTENT_RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final Contents contents;
    private final Pulls pulls;

    UploadHandler(Registry registry) {
        this.contents = registry.contents();
        this.pulls = registry.pulls();
    }

    void start(Call call, OciRoute.StartUpload route, ActorName by) throws IOException {
        Upload upload = contents.begin(route.name(), by);
        Digest digest = route.digest();
        if (digest == null) {
            accepted(call, route.name(), upload, 202);
            return;
        }
        contents.requireRoom(route.name(), upload, digest, announced(call));
        try (InputStream body = call.context().bodyInputStream()) {
            upload.append(body, 0);
        } catch (IOException | RuntimeException e) {
            // Nobody was told of this upload, so nobody will go on with it.
            upload.discard();
            throw e;
        }
        contents.finish(route.name(), upload, digest);
        created(call, route.name(), digest);
    }

    /** A miss and a denial look alike, and like the start of an upload: containerd gives up on a 403 (its issue 14086). */
    void mount(Call call, OciRoute.MountBlob route, ActorName by) throws IOException {
        ApplicationName from = route.from();
        boolean mounted = from == null
                ? contents.mount(route.name(), route.digest(), name -> mayTake(call, name, route.digest()))
                : mayTake(call, from, route.digest()) && contents.mount(route.name(), route.digest(), from);
        if (mounted) {
            created(call, route.name(), route.digest());
        } else {
            accepted(call, route.name(), contents.begin(route.name(), by), 202);
        }
    }

    private boolean mayTake(Call call, ApplicationName from, Digest digest) {
        return Admission.ownerMayRead(call, from)
                && call.actor()
                        .filter(actor -> pulls.permits(actor.name(), from, digest))
                        .isPresent();
    }

    void append(Call call, OciRoute.AppendUpload route) throws IOException {
        Upload upload = contents.upload(route.name(), route.upload());
        receive(call, route.name(), upload);
        accepted(call, route.name(), upload, 202);
    }

    void finish(Call call, OciRoute.FinishUpload route) throws IOException {
        Upload upload = contents.upload(route.name(), route.upload());
        contents.requireRoom(route.name(), upload, route.digest(), announced(call));
        receive(call, route.name(), upload);
        contents.finish(route.name(), upload, route.digest());
        created(call, route.name(), route.digest());
    }

    /** What the request says that it brings; 0 when it does not say. */
    private static long announced(Call call) {
        return Math.max(0, call.context().req().getContentLengthLong());
    }

    /** A chunk out of order is 416, and the session goes on; the answer says from where. */
    private static void receive(Call call, ApplicationName name, Upload upload) throws IOException {
        try (InputStream body = call.context().bodyInputStream()) {
            upload.append(body, offset(call.context().header("Content-Range"), announced(call)));
        } catch (ProblemException e) {
            location(call, name, upload);
            throw e;
        }
    }

    /**
     * The first byte's place as Content-Range gives it ({@code a-b}, without a unit), or -1.
     *
     * @param announced bytes that the request says it brings, 0 when it does not say
     */
    static long offset(@Nullable String header, long announced) {
        if (header == null) {
            return -1;
        }
        Matcher m = CONTENT_RANGE.matcher(header.strip());
        if (!m.matches() || Long.parseLong(m.group(1)) > Long.parseLong(m.group(2)) + 1) {
            throw refused("its Content-Range is not of the form first-last.", "RANGE_INVALID");
        }
        long first = Long.parseLong(m.group(1));
        if (announced > 0 && announced != Long.parseLong(m.group(2)) - first + 1) {
            throw refused("its Content-Range and its Content-Length differ.", "SIZE_INVALID");
        }
        return first;
    }

    private static ProblemException refused(String what, String code) {
        return new Problem.Malformed(code, "Reading a chunk", what, "Ask for the upload's status and go on from there.")
                .exception();
    }

    void status(Call call, OciRoute.UploadStatus route) throws IOException {
        accepted(call, route.name(), contents.upload(route.name(), route.upload()), 204);
    }

    void cancel(Call call, OciRoute.CancelUpload route) throws IOException {
        contents.upload(route.name(), route.upload()).discard();
        call.noContent();
    }

    private static void accepted(Call call, ApplicationName name, Upload upload, int status) {
        location(call, name, upload);
        call.context().status(status);
    }

    /** The end of an empty session is 0, for want of a legal value (distribution-spec issues 577, 578). */
    private static void location(Call call, ApplicationName name, Upload upload) {
        call.context()
                .header("Location", "/v2/" + name + "/blobs/uploads/" + upload.id())
                .header("Docker-Upload-UUID", upload.id())
                .header("Range", "0-" + Math.max(0, upload.received() - 1));
    }

    /** containerd fails a push that is not answered with the digest. */
    private static void created(Call call, ApplicationName name, Digest digest) {
        call.context()
                .status(201)
                .header("Location", "/v2/" + name + "/blobs/" + digest)
                .header("Docker-Content-Digest", digest.toString());
    }
}
