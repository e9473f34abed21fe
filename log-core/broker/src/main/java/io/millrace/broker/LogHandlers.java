package io.millrace.broker;

import io.millrace.broker.handler.FetchHandler;
import io.millrace.broker.request.Handler;
import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.AlterReplicaLogDirsResponse;
import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DeleteRecordsResponse;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeLogDirsResponse;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.DescribeProducersResponse;
import io.millrace.protocol.GetTelemetrySubscriptionsRequest;
import io.millrace.protocol.GetTelemetrySubscriptionsResponse;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.InitProducerIdResponse;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListOffsetsResponse;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataResponse;
import io.millrace.protocol.OffsetForLeaderEpochRequest;
import io.millrace.protocol.OffsetForLeaderEpochResponse;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.PushTelemetryRequest;
import io.millrace.protocol.PushTelemetryResponse;

/// Handlers of records, and of where they are.
record LogHandlers(
        Handler<MetadataRequest, MetadataResponse> metadata,
        Handler<ProduceRequest, ProduceResponse> produce,
        FetchHandler fetch,
        Handler<ListOffsetsRequest, ListOffsetsResponse> listOffsets,
        Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> offsetForLeaderEpoch,
        Handler<InitProducerIdRequest, InitProducerIdResponse> initProducerId,
        Handler<DescribeProducersRequest, DescribeProducersResponse> describeProducers,
        Handler<DeleteRecordsRequest, DeleteRecordsResponse> deleteRecords,
        Handler<DescribeLogDirsRequest, DescribeLogDirsResponse> describeLogDirs,
        Handler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> alterReplicaLogDirs,
        Handler<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse>
                getTelemetrySubscriptions,
        Handler<PushTelemetryRequest, PushTelemetryResponse> pushTelemetry) {}
