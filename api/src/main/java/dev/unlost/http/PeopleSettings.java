package dev.unlost.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is told of people.
 *
 * @param hideEmail whether their e-mail addresses are left out of every answer
 */
@ConfigurationProperties("unlost.people")
record PeopleSettings(@DefaultValue("false") boolean hideEmail) {}
