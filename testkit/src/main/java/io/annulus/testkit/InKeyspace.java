package io.annulus.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which keyspace, and of which node, a parameter of type {@link io.annulus.api.Keyspace} is to be. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface InKeyspace {

    /** Name of the keyspace; empty for the only one. */
    String value() default "";

    /** The node that it is a service of, from 1. */
    int node() default 1;
}
