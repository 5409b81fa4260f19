namespace MaoTrade.Market.Models;

/// <summary>
/// One node of a tree, 12 bytes. Trees lie in preorder: the left child of a split is the next node.
/// </summary>
/// <param name="Threshold">Left where the feature is at most this, as float32.</param>
/// <param name="Next">Of a split the place of the right child, of a leaf the place of its value.</param>
/// <param name="Feature">Number of the feature; −1 = leaf.</param>
/// <param name="MissingLeft">Whether a missing value goes left.</param>
internal readonly record struct TreeNode(float Threshold, int Next, short Feature, bool MissingLeft)
{
    public static TreeNode Leaf(int value) => new(0, value, -1, false);
}
