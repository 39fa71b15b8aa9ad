namespace TinyQuant.Training.Codes;

/// <summary>
/// Which channel each element of a tensor belongs to, where channels are the first or the last dimension.
/// </summary>
/// <param name="Length">Elements of the tensor.</param>
/// <param name="Channels">How many channels; 1 where there is one scale for all.</param>
/// <param name="IsFirst">Whether they are the first dimension.</param>
internal readonly record struct ChannelLayout(int Length, int Channels, bool IsFirst)
{
    public int ChannelOf(int index) => IsFirst ? index / (Length / Channels) : index % Channels;

    /// <summary>The element that is one of those of a channel.</summary>
    public int IndexOf(int channel, int element) =>
        IsFirst ? (channel * (Length / Channels)) + element : (element * Channels) + channel;
}
