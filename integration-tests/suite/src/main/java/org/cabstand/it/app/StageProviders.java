package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Stages of Jakarta REST, around a resource. */
public final class StageProviders {

    /** What an application with these stages is made of. */
    public static final Class<?>[] CLASSES = {
        StageProviders.class,
        Found.class,
        Mapped.class,
        Filters.class,
        Interceptors.class,
        Writer.class,
        Converters.class,
        Converters.Finder.class,
        Mapper.class
    };

    private StageProviders() {}

    /** A parameter that is looked up. */
    public record Found(String name) {}

    /** A failure that is mapped. */
    public static class Mapped extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** Around the resource. */
    @Provider
    @ApplicationScoped
    public static class Filters implements ContainerRequestFilter, ContainerResponseFilter {

        @Inject Stages stages;

        @Override
        public void filter(ContainerRequestContext request) {
            stages.pass("REST request filter");
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            stages.pass("REST response filter");
        }
    }

    /** Around the bodies. */
    @Provider
    @ApplicationScoped
    public static class Interceptors implements ReaderInterceptor, WriterInterceptor {

        @Inject Stages stages;

        @Override
        public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
            stages.pass("REST reader interceptor");
            return context.proceed();
        }

        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.proceed();
            stages.pass("REST writer interceptor");
        }
    }

    /** Writes what the resource returns. */
    @Provider
    @ApplicationScoped
    public static class Writer implements MessageBodyWriter<Found> {

        @Inject Stages stages;

        @Override
        public boolean isWriteable(
                Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return type == Found.class;
        }

        @Override
        public void writeTo(
                Found found,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream body)
                throws IOException {
            stages.pass("REST body writer");
            body.write(found.name().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads a parameter. */
    @Provider
    @ApplicationScoped
    public static class Converters implements ParamConverterProvider {

        @Inject Stages stages;

        @Override
        @SuppressWarnings("unchecked") // asked for Found
        public <T> ParamConverter<T> getConverter(
                Class<T> type, Type generic, Annotation[] annotations) {
            return type == Found.class ? (ParamConverter<T>) new Finder() : null;
        }

        private class Finder implements ParamConverter<Found> {

            @Override
            public Found fromString(String value) {
                stages.pass("REST parameter converter");
                return new Found(value);
            }

            @Override
            public String toString(Found value) {
                return value.name();
            }
        }
    }

    /** Answers for a failed resource. */
    @Provider
    @ApplicationScoped
    public static class Mapper implements ExceptionMapper<Mapped> {

        @Inject Stages stages;

        @Override
        public Response toResponse(Mapped failure) {
            stages.pass("REST exception mapper");
            return Response.ok("mapped", MediaType.TEXT_PLAIN).build();
        }
    }
}
