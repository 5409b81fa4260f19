using System.Buffers.Binary;

namespace MaoTrade.Market.Models;

/// <summary>
/// Reads the trees behind the header:
/// <code>
/// ensembles = ensemble*                     in the header's order
/// ensemble  = tree*                         header: trees, nodes, depth
/// tree      = leaf | split tree tree        preorder: first the left side, then the right one
/// leaf      = 00 value
/// split     = 01|02 feature threshold       01: missing values go right, 02: left
/// feature   = u8                            value, threshold = float64, little endian
/// </code>
/// There are no references between nodes: neither a loop nor a node outside its tree can be written.
/// </summary>
internal ref struct TreeReader(ReadOnlySpan<byte> body, int features)
{
    private const byte LeafTag = 0;
    private const byte MissingRight = 1;
    private const byte MissingLeft = 2;
    private const int LeafBytes = 9;
    private const int SplitBytes = 10;

    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;
    private string _place = "";
    private TreeNode[] _nodes = [];
    private double[] _values = [];
    private int _count;
    private int _leaves;
    private int _deepest;

    /// <summary>Bytes that were not read.</summary>
    public readonly int Left => _body.Length - _at;

    /// <summary>Reads one ensemble.</summary>
    /// <exception cref="ModelFileException">Its trees are damaged or not those of the header.</exception>
    public TreeEnsemble Read(EnsembleHeader header, string place)
    {
        if ((long)header.Nodes * LeafBytes > Left)
        {
            throw new ModelFileException($"{place}.nodes: {header.Nodes} nodes do not fit into the {Left} bytes that are left: the file is cut or damaged");
        }

        _nodes = new TreeNode[header.Nodes];
        _values = new double[((header.Nodes - header.Trees) / 2) + header.Trees];
        _count = _leaves = _deepest = 0;
        var roots = new int[header.Trees];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            _place = $"{place} tree {tree}";
            roots[tree] = _count;
            ReadTree(header, 0);
        }

        if (_count != header.Nodes || _deepest != header.Depth)
        {
            throw new ModelFileException($"{place}: the trees have {_count} nodes and depth {_deepest}, the header says {header.Nodes} and {header.Depth}");
        }

        return new TreeEnsemble(header, _nodes, _values, roots);
    }

    private void ReadTree(EnsembleHeader header, int depth)
    {
        if (depth > header.Depth)
        {
            throw Fault($"it is deeper than {header.Depth}");
        }

        if (_count == _nodes.Length)
        {
            throw Fault($"the trees have more than the {header.Nodes} nodes of the header");
        }

        _deepest = Math.Max(_deepest, depth);
        var tag = Left > 0 ? _body[_at] : throw Fault("the file ends inside it");
        var number = _count++;
        switch (tag)
        {
            case LeafTag:
                ReadLeaf(number);
                return;
            case MissingRight or MissingLeft:
                var (feature, threshold) = ReadSplit(header.Kind);
                ReadTree(header, depth + 1);
                _nodes[number] = new TreeNode(threshold, _count, feature, tag == MissingLeft);
                ReadTree(header, depth + 1);
                return;
            default:
                throw Fault($"tag {tag} of node {number} is none of 0, 1, 2");
        }
    }

    private void ReadLeaf(int number)
    {
        var value = Number(1, LeafBytes);
        if (_leaves == _values.Length)
        {
            throw Fault("it has more leaves than a tree of its nodes can have");
        }

        _values[_leaves] = value;
        _nodes[number] = TreeNode.Leaf(_leaves++);
    }

    private (short Feature, float Threshold) ReadSplit(EnsembleKind kind)
    {
        var threshold = Number(2, SplitBytes);
        var feature = _body[_at - SplitBytes + 1];
        return feature < features
            ? (feature, AtMost(threshold, kind))
            : throw Fault($"feature {feature} of a split is none of 0 to {features - 1}");
    }

    /// <summary>
    /// The largest float32 that goes left. A float32 x is ≤ a float64 t exactly where it is ≤ the largest float32 that is ≤ t, and
    /// &lt; a float32 t exactly where it is ≤ the float32 before t.
    /// </summary>
    private readonly float AtMost(double threshold, EnsembleKind kind)
    {
        var single = (float)threshold;
        if (kind == EnsembleKind.XgBoost)
        {
            return single == threshold ? MathF.BitDecrement(single) : throw Fault($"threshold {threshold} is no float32");
        }

        return single > threshold ? MathF.BitDecrement(single) : single;
    }

    /// <summary>Takes a node and returns its number.</summary>
    private double Number(int offset, int sizeBytes)
    {
        if (Left < sizeBytes)
        {
            throw Fault("the file ends inside it");
        }

        var number = BinaryPrimitives.ReadDoubleLittleEndian(_body[(_at + offset)..]);
        _at += sizeBytes;
        return double.IsFinite(number) ? number : throw Fault($"a threshold or leaf is {number}");
    }

    private readonly ModelFileException Fault(string what) => new($"{_place}: {what}");
}
