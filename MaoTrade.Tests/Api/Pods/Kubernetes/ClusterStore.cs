using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace MaoTrade.Tests.Api.Pods.Kubernetes;

/// <summary>The objects of a cluster: every change has a version, and whoever watches sees each of them once and in order.</summary>
internal sealed class ClusterStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(long Version, string Path, string Type, JsonObject Object)> _history = [];
    private readonly List<Channel<(string Path, string Type, JsonObject Object)>> _watchers = [];
    private long _version = 1000;
    private long _oldest;

    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    public JsonObject? Find(string path)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(path)?.DeepClone().AsObject();
        }
    }

    /// <summary>The objects right below a path.</summary>
    public List<JsonObject> List(string collection)
    {
        lock (_lock)
        {
            return [.. _objects.Where(item => Parent(item.Key) == collection).Select(item => item.Value.DeepClone().AsObject())];
        }
    }

    /// <summary>Makes or changes an object in one step; null leaves it as it is. Returns what is there then.</summary>
    public JsonObject? Change(string path, Func<JsonObject?, JsonObject?> change)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault(path);
            var after = change(before?.DeepClone().AsObject());
            if (after is null || JsonNode.DeepEquals(before, after))
            {
                return before?.DeepClone().AsObject();
            }

            after["metadata"]!["resourceVersion"] = (++_version).ToString();
            after["metadata"]!["uid"] ??= Guid.NewGuid().ToString();
            var generation = (long?)before?["metadata"]!["generation"] ?? 0;
            after["metadata"]!["generation"] = JsonNode.DeepEquals(before?["spec"], after["spec"]) ? generation : generation + 1;
            _objects[path] = after;
            Tell(path, before is null ? "ADDED" : "MODIFIED", after);
            return after.DeepClone().AsObject();
        }
    }

    public bool Remove(string path)
    {
        lock (_lock)
        {
            if (!_objects.Remove(path, out var gone))
            {
                return false;
            }

            gone["metadata"]!["resourceVersion"] = (++_version).ToString();
            Tell(path, "DELETED", gone);
            return true;
        }
    }

    /// <summary>Forgets what happened before now: who watches from earlier is told that it is gone.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _history.Clear();
            _oldest = _version;
        }
    }

    /// <summary>Changes after a version; null where it is too long ago.</summary>
    public ChannelReader<(string Path, string Type, JsonObject Object)>? Watch(long after)
    {
        lock (_lock)
        {
            if (after < _oldest)
            {
                return null;
            }

            var channel = Channel.CreateUnbounded<(string, string, JsonObject)>();
            foreach (var (_, path, type, item) in _history.Where(item => item.Version > after))
            {
                channel.Writer.TryWrite((path, type, item));
            }

            _watchers.Add(channel);
            return channel.Reader;
        }
    }

    public static string Parent(string path) => path[..path.LastIndexOf('/')];

    private void Tell(string path, string type, JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        _history.Add((_version, path, type, copy));
        _watchers.ForEach(watcher => watcher.Writer.TryWrite((path, type, copy)));
    }
}
