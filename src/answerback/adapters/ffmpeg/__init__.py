"""Videos by ffmpeg, a program of its own; pictures by Pillow. Both come along; `answerback[video]` adds a typeface."""

from answerback.adapters.ffmpeg.studio import FfmpegStudio

adapter = FfmpegStudio()
