package dev.waybill.cli.home;

/** Where and as whom; the file {@code login.json}. */
public record Login(String url, String token) {
    /** Never shows the token. */
    @Override
    public String toString() {
        return "Login[" + url + "]";
    }
}
