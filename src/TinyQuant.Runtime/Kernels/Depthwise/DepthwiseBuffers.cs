using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>
/// Memory of a depthwise convolution, on the stack. Weights and constants of some channels are a slot.
/// </summary>
internal static unsafe class DepthwiseBuffers
{
    private const int Alignment = 64;
    private const int SumBytes = DepthwisePlan.Sums * sizeof(int);
    private const int ConstantBytes = DepthwisePlan.Lanes / 8 * ChannelConstants.Block * sizeof(int);
    private const int BiasBytes = DepthwisePlan.Lanes * sizeof(int);
    private const int SlotHeader = ConstantBytes + BiasBytes + Alignment;
    private const int SlotBytes = 8192; // one of the largest window, or those of 128 channels and windows of 3 × 3

    private const int EndBytes = DepthwiseTile.GroupRows * DepthwiseInputs.MostEnds * DepthwisePlan.Lanes;
    private const int TableBytes = (DepthwisePlan.MostGroups + (2 * DepthwiseTile.GroupRows)) * 8;

    /// <summary>Bytes of all.</summary>
    public const int Bytes = Alignment + SlotBytes + DepthwisePlan.InputBytes + SumBytes + EndBytes
        + DepthwisePlan.Lanes + TableBytes;

    /// <summary>Points into the memory.</summary>
    public static void Lay(DepthwiseTile* tile, byte* memory)
    {
        memory = (byte*)(((nint)memory + Alignment - 1) & -Alignment);
        tile->Slots = memory;
        tile->Inputs = memory += SlotBytes;
        tile->Sums = (int*)(memory += DepthwisePlan.InputBytes);
        tile->Ends = (sbyte*)(memory += SumBytes);
        tile->Outside = (sbyte*)(memory += EndBytes);
        tile->Groups = (nint*)(memory + DepthwisePlan.Lanes);
        tile->Steps = tile->Groups + DepthwisePlan.MostGroups;
        tile->Rows = (sbyte**)(tile->Steps + DepthwiseTile.GroupRows);
    }

    /// <summary>Whether there is a slot for all channels of a layer.</summary>
    public static bool HoldAll(DepthwiseTile* tile, int channels) =>
        (channels + DepthwisePlan.Lanes - 1) / DepthwisePlan.Lanes <= SlotBytes / Slot(tile);

    /// <summary>Goes to a slot.</summary>
    public static void Choose(DepthwiseTile* tile, int slot)
    {
        byte* memory = tile->Slots + (slot * Slot(tile));
        tile->Kinds = (uint*)memory;
        tile->Constants = (int*)(memory += Alignment);
        tile->Bias = (int*)(memory += ConstantBytes);
        tile->Weights = memory + BiasBytes;
    }

    private static int Slot(DepthwiseTile* tile) =>
        SlotHeader + (tile->Plan.Sharing * tile->Plan.Groups * tile->Plan.GroupBytes);
}
