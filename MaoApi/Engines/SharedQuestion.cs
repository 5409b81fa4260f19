using System.Diagnostics;

namespace MaoApi.Engines;

/// <summary>
/// A question and the readers who wait for its answer, in groups. A group is answered on one thread, reader after reader: waking a thread
/// for each costs more than the answers. Joined under the owner's lock until it is asked.
/// </summary>
internal sealed class SharedQuestion(string requestId)
{
    /// <summary>Few enough that the last of a group waits less than a millisecond.</summary>
    private const int GroupSize = 16;

    private readonly List<TaskCompletionSource<EngineRead>> _groups = [];
    private int _lastGroup = GroupSize;

    /// <summary>Id of the request that asked first.</summary>
    public string RequestId => requestId;

    /// <summary>The span of that request, where it has one.</summary>
    public ActivityContext Cause { get; } = Activity.Current?.Context ?? default;

    public int Readers { get; private set; }

    public Task<EngineRead> Join()
    {
        if (_lastGroup == GroupSize)
        {
            _groups.Add(new TaskCompletionSource<EngineRead>());
            _lastGroup = 0;
        }

        _lastGroup++;
        Readers++;
        return _groups[^1].Task;
    }

    /// <summary>Answers the first group on this thread, the others on threads of the pool.</summary>
    public void Answer(EngineRead answer)
    {
        for (var i = 1; i < _groups.Count; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Group.SetResult(state.Answer), (Group: _groups[i], Answer: answer), preferLocal: false);
        }

        _groups[0].SetResult(answer);
    }

    public void Fail(Exception fault) => _groups.ForEach(group => group.TrySetException(fault));
}
