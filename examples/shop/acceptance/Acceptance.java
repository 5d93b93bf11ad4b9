import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Acceptance tests against a running shop: {@code java Acceptance.java URL}. Exit code 0 only if the shop sells tea. */
public final class Acceptance {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static int failures;

    public static void main(String[] arguments) throws Exception {
        String shop = arguments[0];
        check("the shop is well", get(shop + "/health").body().equals("well\n"));
        check("tea has a price with two decimals", get(shop + "/price/tea").body().matches("[0-9]+\\.[0-9]{2} [A-Z]{3}\n"));
        check("coffee is not sold", get(shop + "/price/coffee").statusCode() == 404);
        System.exit(failures == 0 ? 0 : 1);
    }

    private static HttpResponse<String> get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void check(String what, boolean holds) {
        System.out.println((holds ? "passed  " : "FAILED  ") + what);
        failures += holds ? 0 : 1;
    }
}
