package dev.waybill.api.deploy;

/** A statement without its log entry: payload, DER signature and public key, base64. */
public record SignedBody(String payload, String signature, String publicKey) {}
