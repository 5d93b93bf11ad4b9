package dev.waybill.compare.form;

/** What a part is: small data, bytes with perhaps a form of their own, or a form. */
public sealed interface Value permits Atom, Content, Form, Lazy, Value.Absent {
    /** Stands for a part that is not there. */
    Value ABSENT = new Absent();

    /** Nothing. */
    record Absent() implements Value {}
}
