using TinyQuant.Kernels.Requantizers;

namespace TinyQuant.Kernels.Depthwise;

/// <summary>Memory of a depthwise convolution, on the stack. Weights and constants of some channels are a slot.</summary>
internal static unsafe class LaneBuffers
{
    private const int Alignment = 64;
    private const int SumBytes = LanePlan.Sums * sizeof(int);
    private const int ConstantBytes = LanePlan.Lanes / 8 * ChannelConstants.Block * sizeof(int);
    private const int BiasBytes = LanePlan.Lanes * sizeof(int);
    private const int SlotHeader = ConstantBytes + BiasBytes + Alignment;
    private const int SlotBytes = 8192; // one of the largest window, or those of 128 channels and windows of 3 × 3

    private const int EndBytes = LaneTile.GroupRows * DepthwiseInputs.MostEnds * LanePlan.Lanes;
    private const int TableBytes = (LanePlan.MostGroups + (2 * LaneTile.GroupRows)) * 8;

    /// <summary>Bytes of all.</summary>
    public const int Bytes = Alignment + SlotBytes + LanePlan.InputBytes + SumBytes + EndBytes + LanePlan.Lanes + TableBytes;

    /// <summary>Points into the memory.</summary>
    public static void Lay(LaneTile* tile, byte* memory)
    {
        memory = (byte*)(((nint)memory + Alignment - 1) & -Alignment);
        tile->Slots = memory;
        tile->Inputs = memory += SlotBytes;
        tile->Sums = (int*)(memory += LanePlan.InputBytes);
        tile->Ends = (sbyte*)(memory += SumBytes);
        tile->Outside = (sbyte*)(memory += EndBytes);
        tile->Groups = (nint*)(memory + LanePlan.Lanes);
        tile->Steps = tile->Groups + LanePlan.MostGroups;
        tile->Rows = (sbyte**)(tile->Steps + LaneTile.GroupRows);
    }

    /// <summary>Whether there is a slot for all channels of a layer.</summary>
    public static bool HoldAll(LaneTile* tile, int channels) => (channels + LanePlan.Lanes - 1) / LanePlan.Lanes <= SlotBytes / Slot(tile);

    /// <summary>Goes to a slot.</summary>
    public static void Choose(LaneTile* tile, int slot)
    {
        byte* memory = tile->Slots + (slot * Slot(tile));
        tile->Kinds = (uint*)memory;
        tile->Constants = (int*)(memory += Alignment);
        tile->Bias = (int*)(memory += ConstantBytes);
        tile->Weights = memory + BiasBytes;
    }

    private static int Slot(LaneTile* tile) => SlotHeader + (tile->Plan.Sharing * tile->Plan.Groups * tile->Plan.GroupBytes);
}
