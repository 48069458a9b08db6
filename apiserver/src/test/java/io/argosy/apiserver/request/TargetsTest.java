package io.argosy.apiserver.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

    static HttpRequest request(String method, String target, String... headers) {
        int question = target.indexOf('?');
        InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 1);
        return new HttpRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                HttpHeaders.of(headers),
                "HTTP/1.1",
                address,
                address,
                true,
                List.of(),
                Instant.EPOCH);
    }

    private static Target target(String method, String path) {
        HttpRequest request = request(method, path);
        return Targets.of(request, Query.parse(request.query()));
    }

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                // method, path, verb, group, version, namespace, resource, subresource, name
                "GET,/api/v1/pods,list,'',v1,'',pods,'',''",
                "GET,/api/v1/namespaces/a/pods,list,'',v1,a,pods,'',''",
                "GET,/api/v1/namespaces/a/pods?watch=true,watch,'',v1,a,pods,'',''",
                "GET,/api/v1/namespaces/a/pods?watch=false,list,'',v1,a,pods,'',''",
                "GET,/api/v1/namespaces/a/pods/b,get,'',v1,a,pods,'',b",
                "HEAD,/api/v1/namespaces/a/pods/b,get,'',v1,a,pods,'',b",
                "POST,/api/v1/namespaces/a/pods/b/binding,create,'',v1,a,pods,binding,b",
                "PUT,/apis/apps/v1/namespaces/a/deployments/b/scale,update,apps,v1,a,deployments,scale,b",
                "PATCH,/apis/apps/v1/namespaces/a/deployments/b,patch,apps,v1,a,deployments,'',b",
                "DELETE,/api/v1/namespaces/a/pods,deletecollection,'',v1,a,pods,'',''",
                "DELETE,/api/v1/nodes/n,delete,'',v1,'',nodes,'',n",
                "GET,/api/v1/namespaces/a,get,'',v1,a,namespaces,'',a",
                "PUT,/api/v1/namespaces/a/finalize,update,'',v1,a,namespaces,finalize,a",
                "GET,/api/v1/namespaces,list,'',v1,'',namespaces,'',''",
                "GET,/api/v1/watch/namespaces/a/pods/b,watch,'',v1,a,pods,'',b",
                "GET,/api/v1/namespaces/a/pods?fieldSelector=metadata.name%3Dx,list,'',v1,a,pods,'',x",
                "GET,/api/v1/namespaces/a/pods/b%2Flog,get,'',v1,a,pods,log,b"
            })
    void resourcePathsAreRead(
            String method,
            String path,
            String verb,
            String group,
            String version,
            String namespace,
            String resource,
            String subresource,
            String name) {
        Target target = target(method, path);
        assertEquals(
                List.of(verb, group, version, namespace, resource, subresource, name),
                List.of(
                        target.verb(),
                        target.group(),
                        target.version(),
                        target.namespace(),
                        target.resource(),
                        target.subresource(),
                        target.name()));
    }

    @ParameterizedTest
    @CsvSource({"/", "/api", "/api/v1", "/apis/apps/v1", "/healthz/etcd", "/openapi/v3/apis/apps/v1"})
    void otherPathsAreNoResources(String path) {
        assertFalse(target("GET", path).resourceRequest());
        assertEquals("get", target("GET", path).verb());
    }

    @Test
    void aSpecialVerbNeedsAResource() {
        assertThrows(ApiException.class, () -> target("GET", "/api/v1/watch"));
    }
}
