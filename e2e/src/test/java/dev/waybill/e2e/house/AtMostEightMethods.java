package dev.waybill.e2e.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A wide store rots: each of its methods must be written again for every kind of storage. */
final class AtMostEightMethods extends ArchCondition<JavaClass> {
    AtMostEightMethods() {
        super("have at most 8 methods");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        int methods = type.getMethods().size();
        events.add(new SimpleConditionEvent(type, methods <= 8, type.getName() + " has " + methods + " methods"));
    }
}
