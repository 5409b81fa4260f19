using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Notices;
using MaoApi.Notices.Outbox;

namespace MaoApi.Pods;

/// <summary>Tells an account's people that their engine ended by itself, in the words of what follows from it.</summary>
internal sealed class EngineNotices(NoticeBook notices, NoticeBell bell)
{
    /// <summary>Stores the notice with the report of the end; an end as it should be is none.</summary>
    public async Task AddAsync(MaoHomeContext context, Pod pod, PodReport report, CancellationToken cancellationToken)
    {
        if (report.PodId is not null || report.State is not (PodStates.Running or PodStates.Error))
        {
            return;
        }

        var isGivenUp = report.State == PodStates.Error;
        var code = report.ExitCode is { } exitCode ? $"with exit code {exitCode}" : "without an exit code";
        code += report.Detail is { } detail ? $" ({detail})" : "";
        var message = isGivenUp
            ? $"It ended {code} and is not started again: somebody has to look."
            : $"It ended {code} and is started again, {report.Restarts} of {RestartPolicy.MaxRestarts} times within {RestartPolicy.CrashLoopWindow.TotalMinutes} minutes.";
        var notice = new NewNotice(
            NoticeType.Restarted,
            isGivenUp ? $"The engine {pod.Name} has stopped" : $"The engine {pod.Name} was restarted",
            message,
            NoticeType.IsUrgent(NoticeType.Restarted, isGivenUp));
        await notices.AddForAccountAsync(context, pod.AccountKey, notice, cancellationToken);
    }

    /// <summary>The engine cannot be started where it is meant to run; stored with that.</summary>
    public Task AddTroubleAsync(MaoHomeContext context, Pod pod, CancellationToken cancellationToken)
    {
        var notice = new NewNotice(
            NoticeType.Restarted, $"The engine {pod.Name} cannot run", pod.Detail ?? "", NoticeType.IsUrgent(NoticeType.Restarted, true));
        return notices.AddForAccountAsync(context, pod.AccountKey, notice, cancellationToken);
    }

    /// <summary>The report is stored.</summary>
    public void Stored() => bell.Ring();
}
