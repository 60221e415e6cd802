package dev.unlost.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds handlers as Spring does, but asks for the path before it asks what else a mapping wants. Spring asks last, of
 * every mapping, and most of them are at other paths.
 */
final class PathsFirst extends RequestMappingHandlerMapping {

    /** What matches any number of segments matches none as well, without the slash. */
    private static final Pattern VARIABLE_PART = Pattern.compile("(/?(\\*\\*|\\{\\*)|[{*?]).*");

    private final Map<RequestMappingInfo, Set<String>> beginnings = new ConcurrentHashMap<>();

    /** A request for a handler at a path. */
    private static final class Search extends HttpServletRequestWrapper {

        private final String path;
        private final boolean literal;

        Search(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
            // what is encoded is written otherwise than it is meant
            this.literal = path.indexOf('%') < 0;
        }

        boolean isElsewhere(@Nullable Set<String> beginnings) {
            if (!literal || beginnings == null) {
                return false;
            }
            for (String beginning : beginnings) {
                if (path.startsWith(beginning)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
        super.registerHandlerMethod(handler, method, mapping);
        beginnings.put(
                mapping,
                mapping.getPatternValues().stream()
                        .map(pattern -> VARIABLE_PART.matcher(pattern).replaceFirst(""))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        return super.lookupHandlerMethod(path, new Search(request, path));
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, HttpServletRequest request) {
        if (request instanceof Search search && search.isElsewhere(beginnings.get(mapping))) {
            return null;
        }
        PathPatternsRequestCondition paths = mapping.getPathPatternsCondition();
        return mapping.getMethodsCondition().getMatchingCondition(request) == null
                        || (paths != null && paths.getMatchingCondition(request) == null)
                ? null
                : super.getMatchingMapping(mapping, request);
    }
}
