package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import org.cabstand.it.app.StageProviders.Found;
import org.cabstand.it.app.StageProviders.Mapped;

/** A resource with stages around it. It is one for all requests. */
@Path("stages")
@ApplicationScoped
public class StageResource {

    @Inject Stages stages;

    @Inject Part part;

    /** A resource that the other one knows. */
    @Dependent
    public static class Part {

        @Inject Stages stages;

        @GET
        @Produces(MediaType.TEXT_PLAIN)
        public String work() {
            stages.pass("sub-resource");
            return "done";
        }
    }

    @GET
    @Path("begin")
    @Produces(MediaType.TEXT_PLAIN)
    public String begin(@QueryParam("via") Via via, @QueryParam("id") String id) {
        stages.begin(via, id);
        return "done";
    }

    @GET
    @Path("end")
    @Produces(MediaType.TEXT_PLAIN)
    public String end() {
        return stages.end();
    }

    @GET
    @Path("found")
    @Produces(MediaType.TEXT_PLAIN)
    public Found found(@QueryParam("name") Found found) {
        stages.pass("resource");
        return found;
    }

    @POST
    @Path("body")
    @Produces(MediaType.TEXT_PLAIN)
    public String body(String body) {
        return body;
    }

    @GET
    @Path("mapped")
    @Produces(MediaType.TEXT_PLAIN)
    public String mapped() {
        throw new Mapped();
    }

    @GET
    @Path("streamed")
    @Produces(MediaType.TEXT_PLAIN)
    public StreamingOutput streamed() {
        return out -> {
            stages.pass("streaming output");
            out.write("done".getBytes(StandardCharsets.UTF_8));
        };
    }

    @Path("part")
    public Part part() {
        stages.pass("sub-resource locator");
        return part;
    }

    @GET
    @Path("session")
    @Produces(MediaType.TEXT_PLAIN)
    public String session(@Context HttpServletRequest request) {
        request.getSession().invalidate();
        return "done";
    }
}
