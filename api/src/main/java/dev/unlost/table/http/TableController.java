package dev.unlost.table.http;

import dev.unlost.http.Answer;
import dev.unlost.http.ProblemType;
import dev.unlost.http.Refuses;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /rest/v1}. */
@Controller
@RequestMapping(path = TableController.PATH + "/{table}")
@Tag(name = "tables")
class TableController {

    static final String PATH = "/rest/v1";

    private final Map<String, Table> tables;
    private final TableReads reads;
    private final TableWrites writes;

    TableController(List<Table> tables, TableReads reads, TableWrites writes) {
        this.tables = tables.stream().collect(Collectors.toUnmodifiableMap(Table::name, Function.identity()));
        this.reads = reads;
        this.writes = writes;
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw Refusals.noTable(name);
        }
        return table;
    }

    @GetMapping
    @Operation(
            operationId = "readRows",
            summary = "Reads rows, as PostgREST does",
            description = "Parameters that are not named here are filters, such as name=eq.Acme, "
                    + "or=(version.gt.3,tags.cs.{vip}) or address->>city=ilike.ber*. What is not supported is refused.",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/Rows"),
                @ApiResponse(responseCode = "206", ref = "#/components/responses/Rows")
            })
    @Parameter(
            name = "table",
            in = ParameterIn.PATH,
            schema = @Schema(allowableValues = {"customers", "hubs", "catalogs", "attributes", "elements"}))
    @Refuses(
            toPostgrest = true,
            value = {
                ProblemType.MALFORMED_QUERY,
                ProblemType.PRECONDITION_UNSUPPORTED,
                ProblemType.NOT_FOUND,
                ProblemType.RANGE_NOT_SATISFIABLE
            })
    Answer read(@PathVariable String table, @Parameter(hidden = true) HttpServletRequest request) {
        return reads.read(table(table), request);
    }

    @PostMapping
    @Operation(
            operationId = "insertRows",
            summary = "Inserts a row, or up to 200 of which all are inserted or none, as PostgREST does",
            responses = @ApiResponse(responseCode = "201", ref = "#/components/responses/Rows"))
    @Refuses(
            toPostgrest = true,
            value = {
                ProblemType.MALFORMED_BODY,
                ProblemType.MALFORMED_QUERY,
                ProblemType.PRECONDITION_MALFORMED,
                ProblemType.IDEMPOTENCY_KEY_MALFORMED,
                ProblemType.NOT_FOUND,
                ProblemType.REQUEST_TIMEOUT,
                ProblemType.VERSION_CONFLICT,
                ProblemType.IDEMPOTENCY_IN_PROGRESS,
                ProblemType.BODY_TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                ProblemType.VALIDATION_FAILED,
                ProblemType.READ_ONLY,
                ProblemType.RULE_VIOLATED,
                ProblemType.IDEMPOTENCY_KEY_REUSED
            })
    Answer insert(@PathVariable String table, HttpServletRequest request) {
        return writes.insert(table(table), request);
    }

    @PatchMapping
    @Operation(
            operationId = "updateRow",
            summary = "Sets some columns of the row that ?id=eq.<id>&version=eq.<version> names, as PostgREST does",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/Rows"),
                @ApiResponse(responseCode = "204", description = "Changed")
            })
    @Refuses(
            toPostgrest = true,
            value = {
                ProblemType.MALFORMED_BODY,
                ProblemType.MALFORMED_QUERY,
                ProblemType.PRECONDITION_MALFORMED,
                ProblemType.PRECONDITION_MISMATCH,
                ProblemType.IDEMPOTENCY_KEY_MALFORMED,
                ProblemType.NOT_FOUND,
                ProblemType.REQUEST_TIMEOUT,
                ProblemType.VERSION_CONFLICT,
                ProblemType.IDEMPOTENCY_IN_PROGRESS,
                ProblemType.BODY_TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                ProblemType.VALIDATION_FAILED,
                ProblemType.READ_ONLY,
                ProblemType.RULE_VIOLATED,
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                ProblemType.PRECONDITION_REQUIRED,
                ProblemType.BUSY
            })
    Answer update(@PathVariable String table, HttpServletRequest request) {
        return writes.update(table(table), request);
    }

    @DeleteMapping
    @Operation(
            operationId = "deleteRow",
            summary = "Deletes the row that ?id=eq.<id>&version=eq.<version> names, as PostgREST does",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/Rows"),
                @ApiResponse(responseCode = "204", description = "Deleted")
            })
    @Refuses(
            toPostgrest = true,
            value = {
                ProblemType.MALFORMED_BODY,
                ProblemType.MALFORMED_QUERY,
                ProblemType.PRECONDITION_MALFORMED,
                ProblemType.PRECONDITION_MISMATCH,
                ProblemType.IDEMPOTENCY_KEY_MALFORMED,
                ProblemType.NOT_FOUND,
                ProblemType.REQUEST_TIMEOUT,
                ProblemType.VERSION_CONFLICT,
                ProblemType.IDEMPOTENCY_IN_PROGRESS,
                ProblemType.BODY_TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                ProblemType.RULE_VIOLATED,
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                ProblemType.PRECONDITION_REQUIRED,
                ProblemType.BUSY
            })
    Answer delete(@PathVariable String table, HttpServletRequest request) {
        return writes.delete(table(table), request);
    }

    @PutMapping
    @Hidden
    Answer upsert(@PathVariable String table) {
        throw Refusals.unsupported("Upserting (PUT) into " + table(table).name());
    }
}
