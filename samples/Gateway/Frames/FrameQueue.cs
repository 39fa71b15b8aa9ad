using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Gateway.Frames;

/// <summary>
/// The frames between the broker and scoring. All of them are allocated here, so that a flood takes no memory: a frame
/// is rented, filled, accepted, and given back when it is scored. Where all are in use, the newest message is dropped,
/// so that what was accepted is scored.
/// </summary>
internal sealed class FrameQueue
{
    private readonly Channel<Frame> _free;
    private readonly Channel<Frame> _accepted;

    /// <summary>Allocates the frames.</summary>
    /// <param name="capacity">How many, at least 1.</param>
    public FrameQueue(int capacity)
    {
        _free = Channel.CreateBounded<Frame>(capacity);
        _accepted = Channel.CreateBounded<Frame>(new BoundedChannelOptions(capacity) { SingleReader = true });
        for (int i = 0; i < capacity; i++)
        {
            _free.Writer.TryWrite(new Frame());
        }
    }

    /// <summary>How many wait to be scored.</summary>
    public int Count => _accepted.Reader.Count;

    /// <summary>When the frame came that has waited longest; null where none waits.</summary>
    public long? OldestReceivedAt() => _accepted.Reader.TryPeek(out Frame? frame) ? frame.ReceivedAt : null;

    /// <summary>A frame to fill; false where all are in use.</summary>
    public bool TryRent([NotNullWhen(true)] out Frame? frame) => _free.Reader.TryRead(out frame);

    /// <summary>Gives a frame back, scored or not.</summary>
    public void Return(Frame frame) => _free.Writer.TryWrite(frame);

    /// <summary>Queues a rented frame; false once <see cref="Complete"/> was called.</summary>
    public bool TryAccept(Frame frame) => _accepted.Writer.TryWrite(frame);

    /// <summary>Nothing more is accepted; what was can still be read.</summary>
    public void Complete() => _accepted.Writer.TryComplete();

    /// <summary>Waits for a frame to read; false when there will be none.</summary>
    public ValueTask<bool> WaitToReadAsync() => _accepted.Reader.WaitToReadAsync();

    /// <summary>The oldest frame.</summary>
    public bool TryRead([NotNullWhen(true)] out Frame? frame) => _accepted.Reader.TryRead(out frame);
}
