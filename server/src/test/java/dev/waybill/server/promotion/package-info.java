@org.jspecify.annotations.NullMarked
package dev.waybill.server.promotion;
