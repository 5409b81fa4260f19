using System.Security.Cryptography;
using System.Text.Json;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Testing.Jobs;
using MaoTrade.Market.Charts.Reports;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Service 4: system tests as jobs. Answered at once; the tests run in processes of their own.</summary>
public sealed class SystemTestService(BacktestJobs jobs, SystemCatalogs catalogs) : IService
{
    /// <summary>A larger report goes as payload: with its envelope it would pass the limit of a reply.</summary>
    private const int MostInline = 900_000;

    public int Number => 4;

    public async ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (!CommandReading.TryRead(request.Data.Span, JobJson.Default.BacktestJobRequest, out var wanted, out var fault))
        {
            return fault;
        }

        if (wanted.Op == "start")
        {
            return Start(wanted);
        }

        if (wanted.Op is not ("status" or "result" or "report" or "cancel"))
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "op: start, status, result, report or cancel is expected");
        }

        if (wanted.JobId is not { Length: > 0 } jobId || jobs.Find(jobId) is not { } job)
        {
            return ServiceReply.Failure(ReplyCode.NotFound, $"jobId: there is no job {wanted.JobId}");
        }

        return wanted.Op switch
        {
            "cancel" => Ok(jobs.Cancel(jobId) ?? job),
            "result" => await ResultAsync(job, request.HasId, cancellationToken),
            "report" => await ReportAsync(job, wanted.Format ?? "html", request.HasId, cancellationToken),
            _ => Ok(job),
        };
    }

    private ServiceReply Start(BacktestJobRequest wanted)
    {
        if (BacktestArguments.Of(wanted, jobs.MarketFolder, out var fault) is not { } arguments)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, fault);
        }

        // The test may use the models that the engine uses now.
        var models = catalogs.Current.Models.Files.Select(file => $"--model={file.Path}");
        return jobs.Start([.. arguments, .. models]) is { } job
            ? Ok(job)
            : ServiceReply.Failure(ReplyCode.Busy, $"{BacktestJobs.MostQueued} system tests wait already");
    }

    private async Task<ServiceReply> ResultAsync(BacktestJob job, bool hasId, CancellationToken cancellationToken)
    {
        if (Open(job, jobs.ResultFile(job.JobId), out var refusal) is not { } file)
        {
            return refusal!.Value;
        }

        if (file.Length > MostInline && hasId)
        {
            return await PayloadAsync(file, $"backtest-{job.JobId}.json", "application/json", cancellationToken);
        }

        await using (file)
        {
            if (file.Length > MostInline)
            {
                return ServiceReply.Failure(ReplyCode.TooLarge, $"the result has {file.Length} bytes; ask with an id to get it as payload");
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return ServiceReply.Ok(bytes.AsMemory(0, bytes.Length - 1));
        }
    }

    /// <summary>Always a payload: it is no JSON.</summary>
    private async Task<ServiceReply> ReportAsync(BacktestJob job, string name, bool hasId, CancellationToken cancellationToken)
    {
        if (ReportFile.FormatOf(name) is not { } format)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "format: html, svg or png is expected");
        }

        if (!hasId)
        {
            return ServiceReply.Failure(ReplyCode.Malformed, "id: a report comes as payload, which a request without an id cannot get");
        }

        return Open(job, jobs.ReportFileOf(job.JobId, format), out var refusal) is { } file
            ? await PayloadAsync(file, $"backtest-{job.JobId}.{name}", ReportFile.ContentType(format), cancellationToken)
            : refusal!.Value;
    }

    /// <summary>A file of a job that is done; null with the refusal where it is not, or its file is gone.</summary>
    private static FileStream? Open(BacktestJob job, string name, out ServiceReply? refusal)
    {
        refusal = null;
        if (job.State != JobState.Done)
        {
            refusal = ServiceReply.Failure(ReplyCode.Conflict, $"jobId: the job is {job.State.ToString().ToLowerInvariant()}{(job.Error is null ? "" : $": {job.Error}")}");
            return null;
        }

        try
        {
            return File.OpenRead(name);
        }
        catch (FileNotFoundException)
        {
            refusal = ServiceReply.Failure(ReplyCode.NotFound, $"jobId: the result of {job.JobId} is no longer kept");
            return null;
        }
    }

    private static async Task<ServiceReply> PayloadAsync(FileStream file, string name, string type, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        return new ServiceReply(ReplyCode.Ok, "", default, new ReplyPayload(file, file.Length, name, type, hash));
    }

    private static ServiceReply Ok(BacktestJob job) => ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.BacktestJob));
}
