package dev.unlost.http;

import io.micrometer.common.KeyValues;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Makes every error a problem and every answer this edge's own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PeopleSettings.class, PreconditionSettings.class})
class HttpConfiguration implements WebMvcConfigurer {

    private final ProblemResolver problems;

    HttpConfiguration(ProblemResolver problems) {
        this.problems = problems;
    }

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst(problems);
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.add(new AnswerWriter());
    }

    @Bean
    static WebMvcRegistrations pathsFirst() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new PathsFirst();
            }
        };
    }

    /** Spring MVC says itself which request a thread works on; before that, nobody asks. */
    @Bean
    static FilterRegistrationBean<RequestContextFilter> noRequestContexts() {
        FilterRegistrationBean<RequestContextFilter> registration =
                new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    /** What measures requests goes by the key values of low cardinality; the others are for traces, which nobody takes. */
    @Bean
    static ServerRequestObservationConvention measuredOnly() {
        return new DefaultServerRequestObservationConvention() {
            @Override
            public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
                return KeyValues.empty();
            }
        };
    }

    /** Methods that no path has are answered where those are that this path has not: with what there is. */
    @Bean
    static HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(HeaderTexts::isName);
        firewall.setAllowedHeaderValues(HeaderTexts::isValue);
        return firewall;
    }

    @Bean
    static RequestRejectedHandler rejectedRequests() {
        return (request, response, rejected) ->
                ProblemWriter.write(request, response, Problem.of(ProblemType.MALFORMED_REQUEST));
    }

    @Bean
    static WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> containerProblems() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ContainerProblems.class.getName());
            }
        });
    }
}
