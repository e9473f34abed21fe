package io.millrace.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/// A request as it stands in its frame, header read and body not: who serves it must first see
/// whether the version is one that it speaks.
public record RequestFrame(Api api, RequestHeader header, WireReader body) {

    /// Reads the header of a frame without its length prefix.
    ///
    /// @throws MalformedFrame if there is no such API, or the header is damaged
    public static RequestFrame open(ByteBuffer frame) {
        WireReader in = new WireReader(frame);
        if (in.remaining() < 4) {
            throw new MalformedFrame("a frame of " + in.remaining() + " bytes holds no request");
        }
        int key = frame.getShort(frame.position());
        int version = frame.getShort(frame.position() + 2);
        Api api = Api.forKey(key);
        if (api == null) {
            throw new MalformedFrame("there is no API with key " + key);
        }
        return new RequestFrame(api, RequestHeader.read(in, api.requestHeaderVersion(version)), in);
    }

    public int version() {
        return header.requestApiVersion();
    }

    public boolean isSupported() {
        return api.supports(version());
    }

    /// Reads the body, once. Bytes behind it are the peer's mistake.
    public Request request() {
        Request request = api.readRequest(body, version());
        if (body.remaining() > 0) {
            throw new MalformedFrame(api.apiName() + " version " + version() + " ends "
                    + body.remaining() + " bytes before its frame does");
        }
        return request;
    }

    /// The frame of an answer, its length and header included.
    public List<WirePart> reply(Response response) {
        return reply(response, version());
    }

    /// The answer in another version than was asked for: what ApiVersions owes to a newer client.
    public List<WirePart> reply(Response response, int version) {
        WireWriter out = WireWriter.frame();
        new ResponseHeader(header.correlationId()).write(out, api.responseHeaderVersion(version));
        response.write(out, version);
        return out.finish();
    }
}
