package dev.unlost.app.projections;

import dev.unlost.versioning.query.ProjectionStatus;
import dev.unlost.versioning.query.ProjectionStatus.Operation;
import dev.unlost.versioning.query.Projections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/projections}: rebuilds and verifies the read model while the service runs, and says how far it is.
 * Each node tells of the runs that were started on it.
 */
@Component
@WebEndpoint(id = "projections")
class ProjectionsEndpoint {

    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final Projections projections;

    ProjectionsEndpoint(Projections projections) {
        this.projections = projections;
    }

    @ReadOperation
    List<ProjectionStatus> all() {
        return projections.all();
    }

    /** @return null, which is 404, if there is no such projection */
    @ReadOperation
    @Nullable
    ProjectionStatus one(@Selector String projection) {
        return projections.find(projection).orElse(null);
    }

    /**
     * Starts it in the background: 202. While it, or another run of the same projection, goes on here or on another node:
     * 409, with what this node knows of it.
     */
    @WriteOperation
    WebEndpointResponse<ProjectionStatus> start(@Selector String projection, Operation operation) {
        return projections
                .find(projection)
                .map(known -> projections
                        .start(projection, operation)
                        .map(started -> new WebEndpointResponse<>(started, ACCEPTED))
                        .orElseGet(() -> new WebEndpointResponse<>(known, CONFLICT)))
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }
}
