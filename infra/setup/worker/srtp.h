// libsrtp 3 as the mediasoup worker calls it, on top of libsrtp 2, which Debian has.
// The difference: 3 reads one buffer and writes another, with size_t lengths and the room that is left; 2 works in place,
// with an int, and trusts that there is room. So: check the room, copy, call, hand the new length back.
#pragma once

#include <srtp2/srtp.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

// Two codes that came with 3; the worker only has names for them.
constexpr srtp_err_status_t srtp_err_status_buffer_small{ static_cast<srtp_err_status_t>(28) };
constexpr srtp_err_status_t srtp_err_status_cryptex_err{ static_cast<srtp_err_status_t>(29) };

namespace fairwind
{
	template<typename Transform>
	srtp_err_status_t transform(
	  Transform inPlace,
	  srtp_t session,
	  const uint8_t* from,
	  size_t fromLength,
	  uint8_t* to,
	  size_t* toLength,
	  size_t trailer)
	{
		if (fromLength + trailer > *toLength)
		{
			return srtp_err_status_buffer_small;
		}

		if (to != from)
		{
			std::memmove(to, from, fromLength);
		}

		int length{ static_cast<int>(fromLength) };
		const srtp_err_status_t status{ inPlace(session, to, &length) };

		if (status == srtp_err_status_ok)
		{
			*toLength = static_cast<size_t>(length);
		}

		return status;
	}
} // namespace fairwind

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLength, uint8_t* srtp, size_t* srtpLength, size_t)
{
	uint32_t trailer{ 0 };

	if (const auto status = srtp_get_protect_trailer_length(session, 0, 0, &trailer); status != srtp_err_status_ok)
	{
		return status;
	}

	return fairwind::transform(
	  [](srtp_t s, void* data, int* length) { return ::srtp_protect(s, data, length); },
	  session, rtp, rtpLength, srtp, srtpLength, trailer);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLength, uint8_t* srtcp, size_t* srtcpLength, size_t)
{
	uint32_t trailer{ 0 };

	if (const auto status = srtp_get_protect_rtcp_trailer_length(session, 0, 0, &trailer); status != srtp_err_status_ok)
	{
		return status;
	}

	return fairwind::transform(
	  [](srtp_t s, void* data, int* length) { return ::srtp_protect_rtcp(s, data, length); },
	  session, rtcp, rtcpLength, srtcp, srtcpLength, trailer);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLength, uint8_t* rtp, size_t* rtpLength)
{
	return fairwind::transform(
	  [](srtp_t s, void* data, int* length) { return ::srtp_unprotect(s, data, length); },
	  session, srtp, srtpLength, rtp, rtpLength, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLength, uint8_t* rtcp, size_t* rtcpLength)
{
	return fairwind::transform(
	  [](srtp_t s, void* data, int* length) { return ::srtp_unprotect_rtcp(s, data, length); },
	  session, srtcp, srtcpLength, rtcp, rtcpLength, 0);
}

// The worker hands the SSRC over in network order, which is what 2 wants.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}
