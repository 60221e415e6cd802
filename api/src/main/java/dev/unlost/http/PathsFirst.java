package dev.unlost.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds handlers as Spring does, but asks for the path before it asks what else a mapping wants. Spring asks last, of
 * every mapping, and most of them are at other paths.
 */
final class PathsFirst extends RequestMappingHandlerMapping {

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, HttpServletRequest request) {
        PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
        return mapping.getMethodsCondition().getMatchingCondition(request) == null
                        || (paths != null && paths.getMatchingCondition(request) == null)
                ? null
                : super.getMatchingMapping(mapping, request);
    }
}
