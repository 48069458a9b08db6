package io.argosy.client.request;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Notes the version of every acknowledged write. */
public final class TrackingClient implements ApiClient {

    private final ApiClient client;
    private final WriteMarks marks;

    public TrackingClient(ApiClient client, WriteMarks marks) {
        this.client = client;
        this.marks = marks;
    }

    @Override
    public <T extends HasMetadata> ResourceClient<T> resource(ResourceType<T> type) {
        return new Tracked<>(client.resource(type), marks);
    }

    @Override
    public HttpAnswer call(HttpCall call) {
        return client.call(call);
    }

    @Override
    public ApiClient named(String userAgent) {
        return new TrackingClient(client.named(userAgent), marks);
    }

    @Override
    public void close() {
        client.close();
    }

    private record Tracked<T extends HasMetadata>(ResourceClient<T> client, WriteMarks marks)
            implements ResourceClient<T> {

        private T noted(T object) {
            marks.wrote(client.type().resource(), object.getMetadata().getResourceVersion());
            return object;
        }

        private long newest(String namespace) {
            return client.list(ListQuery.in(namespace)).items().stream()
                    .mapToLong(object -> Long.parseLong(object.getMetadata().getResourceVersion()))
                    .max()
                    .orElse(0);
        }

        @Override
        public ResourceType<T> type() {
            return client.type();
        }

        @Override
        public T get(ObjectKey key) {
            return client.get(key);
        }

        @Override
        public ObjectList<T> list(ListQuery query) {
            return client.list(query);
        }

        @Override
        public T create(T object) {
            return create(object, WriteOptions.NONE);
        }

        @Override
        public T create(T object, WriteOptions options) {
            try {
                return noted(client.create(object, options));
            } catch (RequestException e) {
                if (e.outcomeUnknown()) {
                    String namespace = ResourceType.keyOf(object).namespace();
                    marks.doubted(client.type().resource(), () -> newest(namespace));
                }
                throw e;
            }
        }

        @Override
        public T update(T object) {
            return noted(client.update(object));
        }

        @Override
        public T update(T object, String subresource) {
            return noted(client.update(object, subresource));
        }

        @Override
        public T patch(ObjectKey key, Patch patch, String subresource, WriteOptions options) {
            return noted(client.patch(key, patch, subresource, options));
        }

        @Override
        public DeleteResult delete(ObjectKey key, DeleteOptions options) {
            DeleteResult result = client.delete(key, options);
            marks.wrote(client.type().resource(), result.resourceVersion());
            return result;
        }

        @Override
        public void deleteAll(ListQuery query, DeleteOptions options) {
            client.deleteAll(query, options);
        }

        @Override
        public <B> B createSubresource(ObjectKey key, String subresource, B body) {
            return client.createSubresource(key, subresource, body);
        }

        @Override
        public <B> B getSubresource(ObjectKey key, String subresource, Class<B> as) {
            return client.getSubresource(key, subresource, as);
        }

        @Override
        public WatchStream<T> watch(WatchQuery query) {
            return client.watch(query);
        }
    }
}
